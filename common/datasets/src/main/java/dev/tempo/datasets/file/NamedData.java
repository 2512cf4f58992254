package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The data that a recipe or a command names: a file; a directory as a data set on the Hugging Face hub lays it out; or, as
 * {@code DIRECTORY/SPLIT}, those of a directory's files that hold one split.
 */
public final class NamedData {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    private static final Pattern ENDING = Pattern.compile("(?<=.)\\.[^.]*$");

    private final Path path;
    private final Path folder;
    private final List<Path> files;

    private NamedData(Path path, Path folder, List<Path> files) {
        this.path = path;
        this.folder = folder;
        this.files = files;
    }

    /**
     * The data of a name.
     *
     * @throws DataFileException if it names nothing that is there, or several splits
     */
    public static NamedData of(Path path) {
        if (Files.isDirectory(path)) {
            return new NamedData(path, path, DirectoryLayout.of(path).only());
        }
        Path folder = folder(path);
        if (Files.exists(path)) {
            return new NamedData(path, folder, List.of(path));
        }
        if (ADDRESS.matcher(path.toString()).matches()) {
            throw new DataFileException(
                    path,
                    "is an address, and nothing is fetched here; fetch it (hf download --repo-type dataset NAME"
                            + " --local-dir DIR), and name the file or DIR");
        }
        if (Files.isDirectory(folder) && !hasEnding(path)) {
            DirectoryLayout layout = DirectoryLayout.of(folder);
            String split = String.valueOf(path.getFileName());
            if (layout.hasSplits()) {
                return new NamedData(path, folder, layout.split(split));
            }
        }
        throw DataFileException.unreadable(path, new NoSuchFileException(path.toString()));
    }

    /** Whether a name is that of data that is there; what it holds is not looked at. */
    public static boolean exists(Path path) {
        return Files.exists(path) || !hasEnding(path) && DirectoryLayout.isThere(folder(path), path.getFileName());
    }

    /** The files in the order of their names, the same on every machine. */
    public List<Path> files() {
        return files;
    }

    /** The name of one of the files, the same wherever the data lies. */
    public String name(Path file) {
        return DirectoryLayout.portable(folder.relativize(file));
    }

    /** Whether it is a directory or a part of one. */
    public boolean isDirectory() {
        return !files.equals(List.of(path));
    }

    /** What rows without an id of their own are called by, before their number. */
    public String stem() {
        String name = String.valueOf(path.getFileName());
        String unpacked = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return isDirectory() ? name : ENDING.matcher(unpacked).replaceFirst("");
    }

    private static Path folder(Path path) {
        Path parent = path.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static boolean hasEnding(Path path) {
        return String.valueOf(path.getFileName()).contains(".");
    }
}
