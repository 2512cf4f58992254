package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The layout of a directory with a data set: its data files by split, as their names and folders tell it. */
final class DirectoryLayout {
    /** The name of what no name gives a split. */
    private static final String NO_SPLIT = "";

    private static final int DEEPEST = 8;
    private static final Pattern DATA =
            Pattern.compile(".+\\.(parquet|((csv|tsv|json|jsonl|ndjson)(\\.gz)?))", Pattern.CASE_INSENSITIVE);
    /** What the hub and the library datasets keep beside data. */
    private static final Set<String> NO_DATA =
            Set.of("config.json", "dataset_dict.json", "dataset_info.json", "dataset_infos.json", "state.json");
    /** A file of several: train-00000-of-00002.parquet. */
    private static final Pattern SHARD = Pattern.compile("(.+?)-(\\d{5})-of-(\\d{5})(.*)");

    private static final Pattern WORD = Pattern.compile(
            "(?:.*[-._/ ])?(train|training|test|testing|eval|evaluation|validation|valid|val|dev)(?:[-._/ ].*|\\d*\\.[a-z.]+)?");
    private static final Map<String, String> SPLITS = Map.of(
            "training", "train",
            "testing", "test",
            "eval", "test",
            "evaluation", "test",
            "valid", "validation",
            "val", "validation",
            "dev", "validation");

    private final Path directory;
    private final Map<String, List<Path>> splits;

    private DirectoryLayout(Path directory, Map<String, List<Path>> splits) {
        this.directory = directory;
        this.splits = splits;
    }

    /**
     * The layout of a directory.
     *
     * @throws DataFileException if it holds no data files
     */
    static DirectoryLayout of(Path directory) {
        List<Path> all = new ArrayList<>();
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Visitor(directory, all, found));
        } catch (IOException unreadable) {
            throw DataFileException.unreadable(directory, unreadable);
        }
        if (found.isEmpty()) {
            boolean arrow = all.stream().anyMatch(file -> file.toString().endsWith(".arrow"));
            throw new DataFileException(
                    directory,
                    "is a directory without data files (.parquet, .csv, .tsv, .json, .jsonl, each but the first also as .gz)"
                            + (arrow
                                    ? "; its Arrow files are not read: write Parquet with the library datasets,"
                                            + " dataset.to_parquet(NEW)"
                                    : "; name a file, or the directory that holds them"));
        }
        Map<String, List<Path>> splits = new TreeMap<>();
        Map<String, Path> sorted = new TreeMap<>();
        found.forEach(file -> sorted.put(portable(directory.relativize(file)), file));
        refuseMissingShards(directory, sorted.keySet());
        sorted.forEach((name, file) -> splits.computeIfAbsent(splitOf(name), split -> new ArrayList<>())
                .add(file));
        return new DirectoryLayout(directory, splits);
    }

    /**
     * What an interrupted download leaves is not the whole split.
     *
     * @param names relative to the directory
     */
    private static void refuseMissingShards(Path directory, Set<String> names) {
        Map<List<String>, String> firstOf = new LinkedHashMap<>();
        for (String name : names) {
            Matcher shard = SHARD.matcher(name);
            if (shard.matches()) {
                firstOf.putIfAbsent(List.of(shard.group(1), shard.group(3), shard.group(4)), name);
            }
        }
        firstOf.forEach((parts, name) -> {
            for (int number = 0; number < Integer.parseInt(parts.get(1)); number++) {
                String other =
                        String.format(Locale.ROOT, "%s-%05d-of-%s%s", parts.get(0), number, parts.get(1), parts.get(2));
                if (!names.contains(other)) {
                    throw new DataFileException(
                            directory,
                            "lacks " + other + ", though " + name + " is there; fetch the rest, or name single files");
                }
            }
        });
    }

    /** Whether a directory has a split of this name; a directory that cannot be looked through has none. */
    static boolean isThere(Path directory, Path split) {
        try {
            return Files.isDirectory(directory) && of(directory).splits.containsKey(split(split));
        } catch (DataFileException none) {
            return false;
        }
    }

    /** A relative path as the same text on every system. */
    static String portable(Path relative) {
        return relative.toString().replace('\\', '/');
    }

    boolean hasSplits() {
        return !splits.keySet().equals(Set.of(NO_SPLIT));
    }

    /** The split that a name stands for: {@code dev} and {@code val} are other words for {@code validation}. */
    private static String split(Path name) {
        return SPLITS.getOrDefault(name.toString(), name.toString());
    }

    /** All files, where they are of one split. */
    List<Path> only() {
        if (splits.size() > 1) {
            throw new DataFileException(directory, "holds " + words() + "; name one, as " + example());
        }
        return List.copyOf(splits.values().iterator().next());
    }

    List<Path> split(String name) {
        List<Path> files = splits.get(split(Path.of(name)));
        if (files == null) {
            throw new DataFileException(
                    directory.resolve(name),
                    "no such file, and no such split of the directory, which holds " + words());
        }
        return List.copyOf(files);
    }

    private String words() {
        return splits.entrySet().stream()
                .map(split -> (split.getKey().isEmpty()
                                ? "files of no split, such as "
                                        + split.getValue().get(0).getFileName()
                                : "split " + split.getKey())
                        + " (" + split.getValue().size()
                        + (split.getValue().size() == 1 ? " file)" : " files)"))
                .collect(Collectors.joining(", "));
    }

    private String example() {
        return splits.keySet().stream()
                .filter(split -> !split.isEmpty())
                .map(split -> directory.resolve(split).toString())
                .collect(Collectors.joining(" or "));
    }

    private static String splitOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String file = lower.substring(lower.lastIndexOf('/') + 1);
        Matcher shard = SHARD.matcher(file);
        boolean sharded = shard.matches();
        String word = word(sharded ? shard.group(1) : file);
        if (!word.isEmpty()) {
            return word;
        }
        return sharded ? shard.group(1) : word(lower.substring(0, Math.max(0, lower.lastIndexOf('/'))));
    }

    private static String word(String name) {
        Matcher word = WORD.matcher(name);
        return word.matches() ? SPLITS.getOrDefault(word.group(1), word.group(1)) : NO_SPLIT;
    }

    /** The walk through a directory, past what is hidden. */
    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path directory;
        private final List<Path> all;
        private final List<Path> found;

        Visitor(Path directory, List<Path> all, List<Path> found) {
            this.directory = directory;
            this.all = all;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(directory) && isHidden(folder)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            boolean data = DATA.matcher(name).matches() && !NO_DATA.contains(name.toLowerCase(Locale.ROOT));
            if (attributes.isSymbolicLink() && data && !isHidden(file)) {
                throw new DataFileException(
                        file, "is a link to a file that is not there; fetch it, or remove the link");
            }
            if (attributes.isRegularFile() && !isHidden(file)) {
                all.add(file);
                if (data) {
                    found.add(file);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            String name = String.valueOf(path.getFileName());
            return name.startsWith(".") || name.startsWith("_");
        }
    }
}
