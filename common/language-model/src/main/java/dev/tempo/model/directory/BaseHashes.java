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

/** SHA-256 of base models, reckoned once a process for the same files: every version of an adapter asks for it. */
public final class BaseHashes {
    private static final Map<List<Stamp>, String> KNOWN = new ConcurrentHashMap<>();

    private BaseHashes() {}

    private record Stamp(Path file, long size, FileTime changed) {}

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
