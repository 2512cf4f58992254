package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The end of a topic's newest log segment, cut off while nothing runs: what a loss of power takes of it. */
record TornBroker() implements BrokerLoss {

    @Override
    public String words() {
        return "cut the end of a topic's log";
    }

    @Override
    public Strike strike(Path broker, Path place, RandomGenerator random) throws IOException {
        List<Path> segments;
        try (Stream<Path> walked = Files.walk(broker, 2)) {
            segments = walked.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> file.toFile().length() > 0)
                    .filter(file -> !file.toString().contains("/__"))
                    .sorted()
                    .toList();
        }
        if (segments.isEmpty()) {
            return Strike.of("there was none");
        }
        Path segment = segments.get(random.nextInt(segments.size()));
        Path copy = Files.createTempFile(place, "copy-", ".log");
        Files.copy(segment, copy, StandardCopyOption.REPLACE_EXISTING);
        long cut;
        try (RandomAccessFile opened = new RandomAccessFile(segment.toFile(), "rw")) {
            cut = random.nextLong(1, Math.max(2, opened.length() / 2));
            opened.setLength(opened.length() - cut);
        }
        return Strike.of(cut + " bytes of " + broker.relativize(segment).getParent())
                .undoneBy(() -> putBack(copy, segment));
    }

    /** The copy where the segment was; nothing where another fault has taken the topic since. */
    private static void putBack(Path copy, Path segment) throws IOException {
        if (Files.isDirectory(segment.resolveSibling(""))) {
            Files.copy(copy, segment, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
