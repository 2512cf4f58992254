package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.random.RandomGenerator;

/** What may become of a file on a disk. */
enum FileDamage {
    BIT_FLIPPED("one bit flipped") {
        @Override
        void damage(RandomAccessFile file, RandomGenerator random) throws IOException {
            long place = random.nextLong(file.length());
            file.seek(place);
            int old = file.read();
            file.seek(place);
            file.write(old ^ 1 << random.nextInt(8));
        }
    },
    TORN("cut off") {
        @Override
        void damage(RandomAccessFile file, RandomGenerator random) throws IOException {
            file.setLength(random.nextLong(file.length()));
        }
    },
    /** Of a file of lines, the last one cut. */
    TORN_AT_THE_END("last line cut") {
        @Override
        void damage(RandomAccessFile file, RandomGenerator random) throws IOException {
            file.setLength(Math.max(0, file.length() - random.nextLong(2, 60)));
        }
    },
    DELETED("deleted") {
        @Override
        void damage(RandomAccessFile file, RandomGenerator random) {}
    };

    private final String words;

    FileDamage(String words) {
        this.words = words;
    }

    abstract void damage(RandomAccessFile file, RandomGenerator random) throws IOException;

    /**
     * Damages a file, a copy of which is kept.
     *
     * @return what puts the copy back
     */
    Strike.Remedy to(Path file, Path copy, RandomGenerator random) throws IOException {
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        // Other names of the file, such as the older checkpoint's, keep what they had: it is a new file that is
        // damaged.
        Files.delete(file);
        if (this != DELETED) {
            Files.copy(copy, file);
            try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                if (opened.length() > 0) {
                    damage(opened, random);
                }
            }
        }
        return () -> {
            Files.createDirectories(file.resolveSibling(""));
            Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
