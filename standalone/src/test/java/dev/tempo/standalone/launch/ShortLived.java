package dev.tempo.standalone.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A program for tests: notes in the file that it lived, then dies at once as often as it is told to, and afterwards lives
 * until its standard input ends.
 */
final class ShortLived {
    private ShortLived() {}

    public static void main(String[] arguments) throws IOException {
        Path lives = Path.of(arguments[0]);
        Files.writeString(lives, "lived\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (Files.readAllLines(lives).size() <= Integer.parseInt(arguments[1])) {
            System.exit(3);
        }
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
}
