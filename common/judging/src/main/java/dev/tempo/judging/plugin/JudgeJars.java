package dev.tempo.judging.plugin;

import dev.tempo.plugin.Judge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The judges of the jars in a directory, and what is wrong with those jars that gave none. A jar is used whole or not at
 * all.
 *
 * @param judges in order of their jars' names
 * @param problems each naming the jar, what is wrong and what to do
 */
public record JudgeJars(List<Judge> judges, List<String> problems) {
    public JudgeJars {
        judges = List.copyOf(judges);
        problems = List.copyOf(problems);
    }

    /**
     * Loads the jars as they are now; later changes of the files do not reach what was loaded.
     *
     * @param directory may be missing: then there are none
     * @param taken names that no jar may give its judges
     */
    public static JudgeJars load(Path directory, Collection<String> taken) {
        Map<String, String> ownerOf = new LinkedHashMap<>();
        taken.forEach(name -> ownerOf.put(name, "judge-service itself"));
        List<Judge> judges = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<Path> jars = List.of();
        try {
            jars = in(directory);
        } catch (UncheckedIOException unreadable) {
            problems.add(unreadable.getMessage() + ": " + unreadable.getCause() + "; make it readable");
        }
        for (Path jar : jars) {
            try {
                List<Judge> loaded = JudgeJar.load(jar);
                refuseTaken(jar, loaded, ownerOf);
                loaded.forEach(judge -> ownerOf.put(judge.name(), jar.toString()));
                judges.addAll(loaded);
            } catch (UnusableJarException unusable) {
                problems.add(String.valueOf(unusable.getMessage()));
            }
        }
        return new JudgeJars(judges, problems);
    }

    /** The jars of a directory in order of their names; none where there is no such directory. */
    public static List<Path> in(Path directory) {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
                found.forEach(jars::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(directory + " cannot be read", unreadable);
            }
        }
        jars.sort(null);
        return jars;
    }

    private static void refuseTaken(Path jar, List<Judge> judges, Map<String, String> ownerOf) {
        for (Judge judge : judges) {
            String owner = ownerOf.get(judge.name());
            if (owner != null) {
                throw new UnusableJarException(
                        jar,
                        judge.getClass().getName() + " is named '" + judge.name() + "' like a judge of " + owner,
                        "give it another name");
            }
        }
    }
}
