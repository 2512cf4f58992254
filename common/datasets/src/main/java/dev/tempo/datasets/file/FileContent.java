package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The content of a data file: its format, told by its first bytes before its name.
 *
 * @param gzip whether it is compressed by gzip
 */
public record FileContent(Path file, DataFormat format, boolean gzip) {
    private static final String GZIP = "\u001f\u008b";
    private static final String GZIP_ENDING = ".gz";
    private static final int BUFFER = 1 << 16;

    /** How many times its size a compressed file may hold: text compresses to a tenth or so, a bomb to a thousandth. */
    private static final int MOST_EXPANSION = 100;

    /** What a compressed file may hold however small it is, in bytes: few rows that are alike compress better than many. */
    private static final long SMALL = 1 << 20;

    /**
     * The content of a file that holds rows.
     *
     * @throws DataFileException if the file cannot be read, is something else, or is compressed and holds far more than files of
     *     its size do, with what to do
     */
    public static FileContent of(Path file) {
        byte[] start = start(file, false);
        boolean gzip = new String(start, StandardCharsets.ISO_8859_1).startsWith(GZIP);
        if (gzip) {
            refuseBomb(file);
        }
        return new FileContent(file, format(file, gzip ? start(file, true) : start, gzip), gzip);
    }

    /** The content as bytes, decompressed. */
    public InputStream open() throws IOException {
        return open(file, gzip);
    }

    /** The failure to go on reading the content. */
    public DataFileException unreadable(IOException cause) {
        return gzip && (cause instanceof EOFException || cause instanceof ZipException)
                ? new DataFileException(
                        file,
                        "is compressed and damaged or cut off; a copy or download of it may have failed: gunzip -t "
                                + file,
                        cause)
                : DataFileException.unreadable(file, cause);
    }

    /** The name without the ending of a compressed file, in lower case. */
    private static String name(Path file, boolean gzip) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return gzip && name.endsWith(GZIP_ENDING) ? name.substring(0, name.length() - GZIP_ENDING.length()) : name;
    }

    private static DataFormat format(Path file, byte[] start, boolean gzip) {
        String name = name(file, gzip);
        if (FileKind.isParquet(start)) {
            if (gzip) {
                throw new DataFileException(file, "is Parquet inside of gzip; unpack it first: gunzip " + file);
            }
            return DataFormat.PARQUET;
        }
        FileKind.problem(file.toString(), start).ifPresent(problem -> {
            throw new DataFileException(file, problem);
        });
        if (name.endsWith(".parquet")) {
            throw new DataFileException(
                    file, "is named as Parquet but does not begin as Parquet does (PAR1); fetch it again");
        }
        if (FileKind.isTable(name, start)) {
            return DataFormat.CSV;
        }
        return name.endsWith(".json") ? DataFormat.JSON : DataFormat.JSON_LINES;
    }

    private static byte[] start(Path file, boolean gzip) {
        try (InputStream content = open(file, gzip)) {
            return content.readNBytes(FileKind.START);
        } catch (IOException unreadable) {
            throw new FileContent(file, DataFormat.JSON_LINES, gzip).unreadable(unreadable);
        }
    }

    /** Looks how much a compressed file holds before anything is made of it. */
    private static void refuseBomb(Path file) {
        try (InputStream content = open(file, true)) {
            long size = Files.size(file);
            long most = Math.max(SMALL, MOST_EXPANSION * size);
            byte[] some = new byte[BUFFER];
            long held = 0;
            for (int read = content.read(some); read >= 0; read = content.read(some)) {
                held += read;
                if (held > most) {
                    throw new DataFileException(
                            file,
                            "is compressed, has " + size + " bytes and holds more than " + most
                                    + ", the limit for its size (" + MOST_EXPANSION + " times as much, at least "
                                    + SMALL + "); if it is no bomb, unpack it first: gunzip " + file);
                }
            }
        } catch (IOException unreadable) {
            throw new FileContent(file, DataFormat.JSON_LINES, true).unreadable(unreadable);
        }
    }

    private static InputStream open(Path file, boolean gzip) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        if (!gzip) {
            return new BufferedInputStream(bytes, BUFFER);
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
        } catch (IOException damaged) {
            bytes.close();
            throw damaged;
        }
    }
}
