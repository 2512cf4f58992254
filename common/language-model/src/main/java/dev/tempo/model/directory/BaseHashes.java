package dev.tempo.model.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The SHA-256 of base models, computed once per process for the same files, since every version of an adapter needs it. */
public final class BaseHashes {
    private static final Map<List<Stamp>, String> KNOWN = new ConcurrentHashMap<>();

    private BaseHashes() {}

    private record Stamp(Path file, long size, FileTime changed) {}

    /** The SHA-256 of a directory's weights in lower-case hexadecimal. */
    public static String of(Path directory) {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : WeightFiles.files(directory)) {
            try {
                stamps.add(new Stamp(file, Files.size(file), Files.getLastModifiedTime(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
        }
        return KNOWN.computeIfAbsent(stamps, unknown -> new ModelDirectory(directory).sha256());
    }
}
