package dev.tempo.standalone.evaluation;

import dev.tempo.contract.Check;
import dev.tempo.contract.UserException;
import dev.tempo.datasets.file.NamedData;
import dev.tempo.recipes.naming.NearestNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark as its user has asked for it, with the files that it is in.
 *
 * @param name what the set is called
 * @param known what is known of it; null for a file that has no name here
 * @param where fields of the wanted rows
 */
public record WantedBenchmark(
        String name, @Nullable NamedBenchmark known, List<Path> files, Map<String, String> where) {
    private static final int SHOWN = 3;

    public WantedBenchmark {
        files = List.copyOf(files);
        where = Map.copyOf(where);
    }

    /**
     * The benchmark of a name, a file, or a file under a name.
     *
     * @param text {@code NAME}, {@code FILE} or {@code NAME=FILE}
     * @param data where files of names lie; null where nobody has said
     * @throws UserException saying what to do where there is no such benchmark or file
     */
    public static WantedBenchmark of(String text, @Nullable Path data) {
        int equals = text.indexOf('=');
        if (equals > 0 && !NamedData.exists(Path.of(text))) {
            return named(text.substring(0, equals), Path.of(text.substring(equals + 1)));
        }
        NamedBenchmark known = NamedBenchmark.named(text).orElse(null);
        if (known != null) {
            return found(known, data);
        }
        Path file = Path.of(text);
        if (!NamedData.exists(file)) {
            List<String> near = NearestNames.to(text, NamedBenchmark.names(), SHOWN);
            throw new UserException("there is neither a file nor a benchmark '" + text + "'"
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?")
                    + "\n       Benchmarks: " + String.join(", ", NamedBenchmark.names()));
        }
        return new WantedBenchmark(plain(file), null, List.of(file), Map.of());
    }

    private static WantedBenchmark named(String name, Path file) {
        if (!Check.NAME.matcher(name).matches()) {
            throw new UserException(
                    "--benchmark NAME=FILE: a name may hold letters, digits, '.', '_' and '-' only but is '" + name
                            + "'");
        }
        if (!NamedData.exists(file)) {
            throw new UserException(name + ": there is no file " + file);
        }
        NamedBenchmark known = NamedBenchmark.named(name).orElse(null);
        String path = file.toAbsolutePath().normalize().toString().replace('\\', '/');
        Map<String, String> where = known == null
                ? Map.of()
                : known.places().stream()
                        .filter(place -> place.fits(path))
                        .findFirst()
                        .map(NamedBenchmark.Place::where)
                        .orElse(Map.of());
        return new WantedBenchmark(known == null ? name : known.name(), known, List.of(file), where);
    }

    private static WantedBenchmark found(NamedBenchmark known, @Nullable Path data) {
        if (data == null) {
            throw new UserException(
                    known.name() + ": say by --data DIR in which directory its file lies, and if there is none, "
                            + known.remedy(null));
        }
        if (!Files.isDirectory(data)) {
            throw new UserException("--data: there is no directory " + data + "; make it, and for " + known.name() + " "
                    + known.remedy(data.toString()));
        }
        Path root = data.toAbsolutePath().normalize();
        List<Path> there = below(root);
        for (NamedBenchmark.Place place : known.places()) {
            List<Path> fitting = there.stream()
                    .filter(file -> place.fits(root.getFileName() + "/"
                            + root.relativize(file).toString().replace('\\', '/')))
                    .toList();
            if (fitting.size() > 1 && !place.several()) {
                throw new UserException(
                        known.name() + ": several files in " + data + " may be it; name the right one by --benchmark "
                                + known.name() + "=" + fitting.get(0) + ", or ="
                                + String.join(
                                        ", or =",
                                        fitting.stream()
                                                .skip(1)
                                                .limit(SHOWN)
                                                .map(Path::toString)
                                                .toList()));
            }
            if (!fitting.isEmpty()) {
                return new WantedBenchmark(known.name(), known, fitting, place.where());
            }
        }
        throw new UserException(known.name() + ": no file of it is in " + data + " (looked for " + known.looksFor()
                + "); " + known.remedy(data.toString()));
    }

    private static List<Path> below(Path directory) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile()) {
                                files.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        /** A folder that nobody may look into, or a link back to where it is, holds no benchmark. */
                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException unreadable) throws IOException {
                            if (file.equals(directory)) {
                                throw unreadable;
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
            return files.stream().sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(directory + " cannot be read", unreadable);
        }
    }

    /** The file's name without its ending, as a set may be called. */
    private static String plain(Path file) {
        String stem =
                NamedData.of(file).stem().replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return stem.isEmpty() ? "benchmark" : stem.length() > 60 ? stem.substring(0, 60) : stem;
    }
}
