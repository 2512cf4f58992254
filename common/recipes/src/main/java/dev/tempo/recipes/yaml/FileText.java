package dev.tempo.recipes.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a recipe's file, which is UTF-8 with or without a byte-order mark. */
final class FileText {
    private static final int LARGEST = 1 << 20;

    private FileText() {}

    /**
     * The text of a file.
     *
     * @throws RecipeException where the file cannot be read or is no text in UTF-8
     */
    static String of(Path file) {
        return decoded(file, bytes(file));
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new RecipeException(file + ": is a directory; name the recipe's file in it");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new RecipeException(file + ": is no ordinary file; write the recipe into one");
            }
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
                throw new RecipeException(
                        file + ": is larger than a recipe can be (1 MiB); data files are named in a recipe's 'data'");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new RecipeException(file + ": no such recipe file");
        } catch (AccessDeniedException denied) {
            throw new RecipeException(file + ": you may not read it; change its permissions");
        } catch (IOException unreadable) {
            throw new RecipeException(file + ": cannot be read: " + unreadable.getMessage());
        }
    }

    private static String decoded(Path file, byte[] bytes) {
        if (begins(bytes, 0xFF, 0xFE) || begins(bytes, 0xFE, 0xFF) || everyOtherIsZero(bytes)) {
            throw new RecipeException(file + ": is written in UTF-16; save it as UTF-8");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(from, to, true);
        to.flip();
        String text = to.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r' && c != '\u0085') {
                throw new RecipeException(String.format(
                        "%s:%d: holds the control character U+%04X, so it is no text; a recipe is a YAML file",
                        file, lineAt(text, i), (int) c));
            }
        }
        if (result.isError()) {
            throw new RecipeException(String.format(
                    "%s:%d: the byte 0x%02X is no UTF-8; save the file as UTF-8",
                    file, lineAt(text, text.length()), from.get(from.position()) & 0xFF));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static int lineAt(String text, int position) {
        return 1
                + (int) text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }

    /** UTF-16 without a mark: of the first characters one byte is zero and the other is not. */
    private static boolean everyOtherIsZero(byte[] bytes) {
        int pairs = Math.min(bytes.length / 2, 8);
        if (pairs < 2) {
            return false;
        }
        int little = 0;
        int big = 0;
        for (int i = 0; i < pairs; i++) {
            little += bytes[2 * i] != 0 && bytes[2 * i + 1] == 0 ? 1 : 0;
            big += bytes[2 * i] == 0 && bytes[2 * i + 1] != 0 ? 1 : 0;
        }
        return little == pairs || big == pairs;
    }
}
