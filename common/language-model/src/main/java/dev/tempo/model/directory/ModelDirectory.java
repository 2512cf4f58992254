package dev.tempo.model.directory;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.WeightType;
import dev.tempo.model.config.ConfigFile;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.model.tokens.TokenizerConfig;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A model on disk: config.json, model.safetensors and tokenizer.json, as Hugging Face writes them; or a LoRA adapter,
 * adapter_config.json and adapter_model.safetensors as PEFT writes them, which is a model together with the base that it
 * names.
 */
public record ModelDirectory(Path path) {
    private static final int BLOCK = 1 << 20;

    /**
     * The shape of the model.
     *
     * @throws ModelFormatException naming file and field
     */
    public ModelConfig config() {
        return ConfigFile.read(Adapter.baseOf(path).resolve("config.json"));
    }

    /**
     * A new tokenizer, which the caller closes.
     *
     * @throws ModelFormatException naming the file, if it is missing, is no tokenizer, or has ids beyond the model's
     *     vocabulary
     */
    public Tokenizer tokenizer() {
        Path file = Adapter.baseOf(path).resolve("tokenizer.json");
        Tokenizer tokenizer = Tokenizer.read(file);
        int vocabulary;
        try {
            vocabulary = config().vocabularySize();
            TokenizerConfig.check(file.resolveSibling(TokenizerConfig.FILE), tokenizer);
        } catch (ModelFormatException e) {
            tokenizer.close();
            throw e;
        }
        if (tokenizer.vocabularySize() > vocabulary) {
            int highest = tokenizer.vocabularySize() - 1;
            tokenizer.close();
            throw new ModelFormatException(file + " has ids up to " + highest + ", but config.json says vocab_size "
                    + vocabulary + ": tokenizer and model do not belong together");
        }
        return tokenizer;
    }

    /**
     * The type that the weights are stored in; that of the embedding if they differ. A CPU computes in float32 whatever the
     * stored type: bfloat16 and float16 convert to float32 without loss, and have no fast kernels on a CPU.
     *
     * @throws ModelFormatException naming file and tensor
     */
    public WeightType weightType() {
        if (isAdapter()) {
            Adapter adapter = Adapter.open(path);
            return adapter.find(AdapterLayout.of(config(), adapter.settings(), Head.VOCABULARY)
                            .get(0)
                            .parts()
                            .get(0))
                    .type();
        }
        ModelConfig config = config();
        return WeightFiles.open(path)
                .find(ModelLayout.partsOneByOne(config, Head.VOCABULARY)
                        .findFirst()
                        .orElseThrow())
                .type();
    }

    /** Whether a directory holds a model or an adapter, whole or not. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve("config.json")) || Adapter.isIn(directory);
    }

    /** Whether the directory holds a LoRA adapter, which is a model only together with its base. */
    public boolean isAdapter() {
        return Adapter.isIn(path);
    }

    /** The directory with the base's weights if this is an adapter, otherwise the directory itself. */
    public Path base() {
        return Adapter.baseOf(path);
    }

    /** The size in bytes of all files of weights, those of an adapter's base included. */
    public long weightBytes() {
        Path weights = isAdapter() ? base() : path;
        try (Stream<Path> files = Files.list(weights)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException unreadable) {
            throw new ModelFormatException(weights + " cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * Checks config, tokenizer and the headers of the weights, without loading anything.
     *
     * @throws ModelFormatException naming file and field or tensor, if the model cannot be loaded
     */
    public void check() {
        Path base = Adapter.baseOf(path);
        ModelConfig config = config();
        WeightFiles checkpoint = WeightFiles.open(base);
        checkpoint.refuseStrangers(config);
        ModelLayout.partsOneByOne(config, checkpoint.head()).forEach(checkpoint::find);
        if (isAdapter()) {
            Adapter adapter = Adapter.open(path);
            AdapterLayout.of(config, adapter.settings(), adapter.head()).stream()
                    .flatMap(parameter -> parameter.parts().stream())
                    .forEach(adapter::find);
        }
        tokenizer().close();
    }

    /**
     * Reads all weights and refuses a number that is NaN or infinite, as loading does, without loading anything.
     *
     * @throws ModelFormatException naming file and tensor
     */
    public void requireFinite() {
        ModelConfig config = config();
        WeightFiles checkpoint = WeightFiles.open(base());
        ModelLayout.partsOneByOne(config, checkpoint.head())
                .forEach(part -> checkpoint.find(part).requireFinite());
        if (isAdapter()) {
            Adapter adapter = Adapter.open(path);
            AdapterLayout.of(config, adapter.settings(), adapter.head()).stream()
                    .flatMap(parameter -> parameter.parts().stream())
                    .forEach(part -> adapter.find(part).requireFinite());
        }
    }

    /**
     * The SHA-256 of model.safetensors, or of adapter_model.safetensors, in lower-case hexadecimal; of a sharded model that
     * of all its shards one after the other, in the order of their names.
     */
    public String sha256() {
        return OpenSpan.within(SpanKind.HASHING, "SHA-256 of weights").get(this::hash);
    }

    private String hash() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (Path file : files()) {
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

    private List<Path> files() {
        return Adapter.isIn(path) ? List.of(path.resolve(Adapter.WEIGHTS)) : WeightFiles.files(path);
    }

    /** The files beside the weights that bear on what the model writes: config, tokenizer, template; an adapter's base's, too. */
    public List<Path> companions() {
        Path base = base();
        return base.equals(path)
                ? FileHashes.hashed(path)
                : Stream.concat(FileHashes.hashed(path).stream(), FileHashes.hashed(base).stream())
                        .toList();
    }

    /** Notes what config and tokenizer files hash to, in {@code files.sha256}; {@link #verify} reads it. */
    public void noteFiles() {
        FileHashes.write(path);
    }

    /**
     * Refuses weights other than the announced ones, and config and tokenizer files that are not what {@link #noteFiles} has
     * noted, where it has.
     *
     * @param sha256 the announced SHA-256 in lower-case hexadecimal
     * @throws ModelFormatException naming the file, if it has another SHA-256
     */
    public void verify(String sha256) {
        String actual = sha256();
        if (!actual.equals(sha256)) {
            throw new ModelFormatException(files().get(0) + " has SHA-256 " + actual + ", but " + sha256
                    + " was announced: the file is damaged or another one");
        }
        FileHashes.verify(path);
    }

    /** The same as {@link #damage} for a directory that is to hold hashes of its files. */
    public Optional<String> damageOfVersion(String sha256) {
        return FileHashes.areIn(path) ? damage(sha256) : Optional.of(path.resolve(FileHashes.NAME) + " is missing");
    }

    /**
     * The damage because of which this is not the model that was announced, in words that name the file; empty if it is.
     *
     * @param sha256 the announced SHA-256 in lower-case hexadecimal
     */
    public Optional<String> damage(String sha256) {
        try {
            verify(sha256);
            check();
            return Optional.empty();
        } catch (ModelFormatException damaged) {
            return Optional.of(String.valueOf(damaged.getMessage()));
        }
    }
}
