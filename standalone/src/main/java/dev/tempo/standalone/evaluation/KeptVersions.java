package dev.tempo.standalone.evaluation;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The policy versions that a run keeps, by number. */
public record KeptVersions(String run, NavigableMap<Integer, Path> directories) {

    /** Those of a run, with the one that it began with. */
    public static KeptVersions of(Run run, Path directory) {
        NavigableMap<Integer, Path> versions =
                new RunDirectory(directory).policy().versions();
        versions.put(run.firstVersion(), RunDirectory.pathOf(run.firstPolicy()));
        return new KeptVersions(run.run(), versions);
    }

    /**
     * The number that was written as {@code --version}, or the latest.
     *
     * @throws UserException if it is no number, or no version of it is kept
     */
    public int numbered(@Nullable String written) {
        if (written == null) {
            return directories.lastKey();
        }
        if (!written.matches("v?\\d{1,9}")) {
            throw new UserException(
                    "--version is the number of a policy version, such as v40, but is '" + written + "'");
        }
        int number = Integer.parseInt(written.startsWith("v") ? written.substring(1) : written);
        if (!directories.containsKey(number)) {
            throw new UserException("run " + run + " keeps no version v" + number + "; it keeps "
                    + directories.keySet().stream().map(kept -> "v" + kept).collect(Collectors.joining(", ")));
        }
        return number;
    }

    /** The directory of a version that is kept. */
    public Path directory(int number) {
        return directories.getOrDefault(number, Path.of(""));
    }
}
