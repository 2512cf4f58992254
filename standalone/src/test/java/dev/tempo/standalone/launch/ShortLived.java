package dev.tempo.standalone.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A program for tests: leaves a temporary file where it is told to, notes in the file that it lived, then dies at once as often as it is
 * told to, by its status or for want of memory, and afterwards lives until its standard input ends.
 */
final class ShortLived {
    private ShortLived() {}

    public static void main(String[] arguments) throws IOException {
        Path lives = Path.of(arguments[0]);
        if (arguments[2].equals("temporary")) {
            Files.createTempFile("short-lived", ".txt");
        }
        Files.writeString(lives, "lived\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (Files.readAllLines(lives).size() <= Integer.parseInt(arguments[1])) {
            if (arguments[2].equals("fill")) {
                fill();
            }
            System.out.println("12:00:00 the disk is full");
            System.out.println("\tat a.stack.Trace");
            System.exit(3);
        }
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    private static void fill() {
        List<long[]> kept = new ArrayList<>();
        while (!kept.contains(null)) {
            kept.add(new long[1 << 17]);
        }
    }
}
