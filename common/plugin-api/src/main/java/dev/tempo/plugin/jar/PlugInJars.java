package dev.tempo.plugin.jar;

import dev.tempo.plugin.PlugIn;
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
 * The plug-ins of the jars in a directory, and the problems of those jars that gave none. A jar is used whole or not at
 * all.
 *
 * @param plugIns in order of their jars' names
 * @param problems each naming the jar, what is wrong and what to do
 */
public record PlugInJars<P extends PlugIn>(List<P> plugIns, List<String> problems) {
    public PlugInJars {
        plugIns = List.copyOf(plugIns);
        problems = List.copyOf(problems);
    }

    /**
     * The plug-ins of the jars as they are now; later changes of the files do not reach what was loaded.
     *
     * @param directory may be missing: then there are none
     * @param taken names that no jar may give its plug-ins
     * @param owner whose those names are
     */
    public static <P extends PlugIn> PlugInJars<P> load(
            Path directory, PlugInKind<P> kind, Collection<String> taken, String owner) {
        Map<String, String> ownerOf = new LinkedHashMap<>();
        taken.forEach(name -> ownerOf.put(name, owner));
        List<P> plugIns = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<Path> jars = List.of();
        try {
            jars = in(directory);
        } catch (UncheckedIOException unreadable) {
            problems.add(unreadable.getMessage() + ": " + unreadable.getCause() + "; make it readable");
        }
        for (Path jar : jars) {
            try {
                List<P> loaded = PlugInJar.load(jar, kind);
                refuseTaken(jar, kind, loaded, ownerOf);
                loaded.forEach(plugIn -> ownerOf.put(plugIn.name(), jar.toString()));
                plugIns.addAll(loaded);
            } catch (UnusableJarException unusable) {
                problems.add(String.valueOf(unusable.getMessage()));
            }
        }
        return new PlugInJars<>(plugIns, problems);
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

    private static <P extends PlugIn> void refuseTaken(
            Path jar, PlugInKind<P> kind, List<P> plugIns, Map<String, String> ownerOf) {
        for (P plugIn : plugIns) {
            String before = ownerOf.get(plugIn.name());
            if (before != null) {
                throw new UnusableJarException(
                        jar,
                        plugIn.getClass().getName() + " is named '" + plugIn.name() + "' like "
                                + ("aeiou".indexOf(kind.word().charAt(0)) < 0 ? "a " : "an ") + kind.word() + " of "
                                + before,
                        "give it another name");
            }
        }
    }
}
