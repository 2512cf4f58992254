package dev.tempo.standalone.launch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** The words for what went wrong with a file, which say what to do. */
public final class FileTrouble {
    private FileTrouble() {}

    /**
     * The words for what went wrong, behind what was being done.
     *
     * @param doing in words, or what an exception says that was made of the trouble alone; what it says of the trouble already is not
     *     said twice
     */
    public static String words(String doing, IOException trouble) {
        if (doing.equals(trouble.toString())) {
            return words(trouble);
        }
        String begun = doing;
        for (String said : new String[] {String.valueOf(trouble), String.valueOf(trouble.getMessage())}) {
            begun = begun.endsWith(": " + said) ? begun.substring(0, begun.length() - said.length() - 2) : begun;
        }
        return trouble instanceof FileSystemException named
                        && named.getFile() != null
                        && begun.contains(named.getFile() + " ")
                ? begun + ": it " + problem(named)
                : begun + ": " + words(trouble);
    }

    public static String words(IOException trouble) {
        if (trouble instanceof FileSystemException named && named.getFile() != null) {
            return named.getFile() + " " + problem(named);
        }
        String message = String.valueOf(trouble.getMessage());
        return full(message) ? message + "; free some space" : message;
    }

    private static String problem(FileSystemException trouble) {
        if (trouble instanceof AccessDeniedException) {
            return "may not be read or written; change its permissions or name another place";
        }
        if (trouble instanceof NoSuchFileException) {
            return "is not there";
        }
        if (trouble instanceof FileAlreadyExistsException) {
            return "is a file or link where a directory is wanted";
        }
        if (trouble instanceof NotDirectoryException) {
            return "is no directory";
        }
        if (trouble instanceof DirectoryNotEmptyException) {
            return "is a directory that is not empty";
        }
        String reason = trouble.getReason() == null ? "cannot be used" : trouble.getReason();
        return (full(reason) ? "does not fit: " + reason + "; free some space" : "cannot be used: " + reason);
    }

    private static boolean full(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        return lower.contains("no space left") || lower.contains("quota");
    }
}
