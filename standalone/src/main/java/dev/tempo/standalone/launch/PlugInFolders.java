package dev.tempo.standalone.launch;

import dev.tempo.contract.Run;
import dev.tempo.judging.plugin.RunPlugIns;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The directories of the jars whose plug-ins bear on a run's results; each may be missing.
 *
 * @param judges jars with judges
 * @param environments jars with environments
 */
public record PlugInFolders(Path judges, Path environments) {

    /** The folders that a new run takes its plug-ins from. */
    public static PlugInFolders here(Path judges) {
        return new PlugInFolders(judges, EnvironmentJars.HERE);
    }

    /** The folders of the plug-ins that a run keeps, whatever becomes of the directories that it took them from. */
    public static PlugInFolders of(Run run) {
        return new PlugInFolders(
                RunPlugIns.of(run.directory()), RunDirectory.of(run).environments());
    }

    /** Copies the jars into other directories, which are made if there is anything to copy. */
    void copyTo(PlugInFolders kept) {
        copy(judges, kept.judges());
        copy(environments, kept.environments());
    }

    /** The jars of both. */
    List<Path> jars() {
        return Stream.of(judges, environments)
                .flatMap(folder -> PlugInJars.in(folder).stream())
                .toList();
    }

    /** The contents of the jars in a directory by their names. */
    public static Map<String, String> hashes(Path directory) {
        Map<String, String> hashes = new TreeMap<>();
        PlugInJars.in(directory).forEach(jar -> hashes.put(jar.getFileName().toString(), Fingerprint.sha256(jar)));
        return hashes;
    }

    private static void copy(Path from, Path to) {
        try {
            for (Path jar : PlugInJars.in(from)) {
                Files.createDirectories(to);
                Files.copy(jar, to.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(to + " cannot be written", unwritable);
        }
    }
}
