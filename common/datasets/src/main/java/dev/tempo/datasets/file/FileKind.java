package dev.tempo.datasets.file;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kind of a file, told by its first bytes or its name: one that holds rows, or what to do with one that does not. */
public final class FileKind {
    /** The number of bytes of a file's start that are looked at. */
    public static final int START = 512;

    /**
     * The sign of a kind of file.
     *
     * @param sign the file's first bytes, as characters 0 to 255
     */
    private record Sign(String sign, String problem) {}

    private static final List<Sign> SIGNS = List.of(
            new Sign("(\u00b5/\u00fd", "is compressed; unpack it first: zstd -d FILE"),
            new Sign("BZh", "is compressed; unpack it first: bunzip2 FILE"),
            new Sign("\u00fd7zXZ", "is compressed; unpack it first: unxz FILE"),
            new Sign("7z\u00bc\u00af", "is an archive; unpack it first: 7z x FILE"),
            new Sign("\u0000\u0000\u00fe\u00ff", "is UTF-32; convert it: iconv -f UTF-32 -t UTF-8 FILE > NEW"),
            new Sign("\u00ff\u00fe", "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW"),
            new Sign("\u00fe\u00ff", "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW"),
            new Sign(
                    "version https://git-lfs",
                    "is the pointer that Git LFS leaves in place of a file; fetch the file itself: git lfs pull"),
            new Sign("%PDF", "is a PDF, not data"),
            new Sign(
                    "ARROW1",
                    "is Arrow, which is not read; write JSON with the library datasets: dataset.to_json(NEW)"),
            new Sign(
                    "\u00ff\u00ff\u00ff\u00ff",
                    "is Arrow, which is not read; write JSON with the library datasets: dataset.to_json(NEW)"),
            new Sign(
                    "\u0080\u0004",
                    "is a Python pickle, which is not read; write JSON with json.dumps, an object a line"),
            new Sign(
                    "\u0080\u0005",
                    "is a Python pickle, which is not read; write JSON with json.dumps, an object a line"),
            new Sign(
                    "\u0093NUMPY", "is a NumPy array, which is not read; write JSON with json.dumps, an object a line"),
            new Sign("SQLite format 3", "is a database; export the table as JSON, an object a line"),
            new Sign("\u0089HDF", "is HDF5, which is not read; write JSON with json.dumps, an object a line"));

    private FileKind() {}

    /**
     * The problem of a file that holds no rows in a format that is read, with what to do; empty for one that may.
     *
     * @param file the file's name, for the command that converts it
     * @param start its first {@link #START} bytes, or all of them
     */
    public static Optional<String> problem(String file, byte[] start) {
        if (start.length == 0) {
            return Optional.of("is empty, 0 bytes; a copy or download of it may have failed");
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String name = file.toLowerCase(Locale.ROOT);
        if (text.startsWith("PK")) {
            return Optional.of(
                    name.endsWith(".xlsx") || name.endsWith(".ods")
                            ? "is a spreadsheet; save it as CSV, and name that file"
                            : "is compressed; unpack it first: unzip " + file);
        }
        for (Sign sign : SIGNS) {
            if (text.startsWith(sign.sign())) {
                return Optional.of(sign.problem().replace("FILE", file));
            }
        }
        if (text.startsWith("ustar", 257)) {
            return Optional.of("is an archive; unpack it first: tar xf " + file);
        }
        if (text.indexOf('\u0000') >= 0) {
            return Optional.of(
                    text.startsWith("\u0000", 1) || text.startsWith("\u0000")
                            ? "is UTF-16; convert it: iconv -f UTF-16" + (text.charAt(0) == 0 ? "BE" : "LE")
                                    + " -t UTF-8 " + file + " > NEW"
                            : "holds zero bytes, so it is no text; questions are JSON, an object a line");
        }
        String stripped = text.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        if (stripped.startsWith("<!doctype") || stripped.startsWith("<html") || stripped.startsWith("<head")) {
            return Optional.of(
                    "is a web page, not data: the address was that of a page. Fetch the file itself; on the Hugging Face hub"
                            + " write /resolve/ in place of /blob/, or take: hf download --repo-type dataset NAME");
        }
        if (stripped.startsWith("<?xml") || stripped.startsWith("<")) {
            return Optional.of("is XML, which is not read; questions are JSON, an object a line");
        }
        return Optional.empty();
    }

    /** Whether a file with these first bytes is Parquet. */
    public static boolean isParquet(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).startsWith("PAR1");
    }

    /**
     * Whether a file is a table of text.
     *
     * @param name in lower case
     */
    static boolean isTable(String name, byte[] start) {
        String text =
                new String(start, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        return name.endsWith(".csv") || name.endsWith(".tsv") || isTable(text);
    }

    /** A first line of names and commas or tabs, as no JSON begins. */
    private static boolean isTable(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.matches("[\\w\" .-]{1,60}([,\\t;][\\w\" .-]{1,60})+")
                && !line.matches("(?:true|false|null|[-\\d.]+),?");
    }
}
