package dev.tempo.rollout;

import dev.tempo.contract.Promotion;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.PromotionFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of a version that is tried for promotion or was promoted, which eval-service deletes when nobody needs it any more. */
final class TriedCopy {
    private TriedCopy() {}

    /**
     * Whether a directory is such a copy and was deleted as one that nobody needs: what became of its version, or of a later one that was
     * tried, is announced, and it is none of those that stay. A request for it was answered before, or belongs to a trial that was decided
     * without it or given up.
     */
    static boolean isDone(Path directory) {
        return !Files.exists(directory)
                && PromotionFiles.of(directory)
                        .map(files -> files.announced().values().stream()
                                .map(message -> Wire.read(Promotion.class, message))
                                .toList())
                        .filter(records -> isDone(directory, records))
                        .isPresent();
    }

    private static boolean isDone(Path directory, List<Promotion> records) {
        int version = PromotionFiles.versionOf(directory).orElseThrow();
        return records.stream()
                        .anyMatch(record ->
                                record.version() == version || (record.wish() == null && record.version() > version))
                && !PromotionFiles.kept(records).contains(version);
    }
}
