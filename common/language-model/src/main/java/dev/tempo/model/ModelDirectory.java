package dev.tempo.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A model on disk in Hugging Face form: config.json, model.safetensors and tokenizer.json. */
public record ModelDirectory(Path path) {
    private static final int BLOCK = 1 << 20;

    /**
     * The model's shape.
     *
     * @throws ModelFormatException naming file and field
     */
    public ModelConfig config() {
        return ModelConfig.read(path.resolve("config.json"));
    }

    /** A tokenizer of its own for the caller, who closes it. */
    public Tokenizer tokenizer() {
        return Tokenizer.read(path.resolve("tokenizer.json"));
    }

    /**
     * The SHA-256 of model.safetensors in lower-case hexadecimal; of a sharded model, that of its shards one after the
     * other, in the order of their names.
     */
    public String sha256() {
        MessageDigest digest = sha256Digest();
        for (Path file : Checkpoint.files(path)) {
            try (FileChannel channel = FileChannel.open(file)) {
                ByteBuffer block = ByteBuffer.allocate(BLOCK);
                while (channel.read(block) >= 0) {
                    digest.update(block.flip());
                    block.clear();
                }
            } catch (NoSuchFileException e) {
                throw new ModelFormatException(file + " is missing", e);
            } catch (IOException e) {
                throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /**
     * Refuses other weights than those announced.
     *
     * @throws ModelFormatException naming the file, if the weights do not have this SHA-256
     */
    public void verify(String sha256) {
        String actual = sha256();
        if (!actual.equals(sha256)) {
            throw new ModelFormatException(Checkpoint.files(path).get(0) + " has SHA-256 " + actual + ", but " + sha256
                    + " was announced: the file is damaged or another one");
        }
    }
}
