package dev.tempo.rollout;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.contract.ModelReference;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy version in memory, with its tokenizer and chat template. */
record LoadedPolicy(Policy policy, Tokenizer tokenizer, Optional<ChatTemplate> chatTemplate) implements AutoCloseable {
    /** The name of a directory that a trainer wrote a version into. */
    private static final String VERSION = "v\\d{5,9}";

    /**
     * @throws dev.tempo.model.ModelFormatException if files are missing, damaged, or not those of the reference
     * @throws UnanswerableException if the reference is no path of this machine
     */
    static LoadedPolicy load(ModelReference reference, GenerationLimits limits, WeightType type) {
        return OpenSpan.within(SpanKind.LOADING, "policy version").get(() -> read(reference, limits, type));
    }

    private static LoadedPolicy read(ModelReference reference, GenerationLimits limits, WeightType type) {
        ModelDirectory directory = new ModelDirectory(pathOf(reference));
        directory.verify(reference.sha256());
        Tokenizer tokenizer = directory.tokenizer();
        try {
            Optional<ChatTemplate> template = ChatTemplate.of(directory.base());
            return new LoadedPolicy(Policy.load(directory.path(), limits, type), tokenizer, template);
        } catch (RuntimeException unusable) {
            tokenizer.close();
            throw unusable;
        }
    }

    /**
     * Whether files that are missing or damaged may be whole later: those of a run's newest version and of the one before it, which
     * its trainer writes again. Nobody can write a base or an earlier version again.
     */
    static boolean mayBeMended(ModelReference reference) {
        Path directory = pathOf(reference);
        String name = String.valueOf(directory.getFileName());
        Path versions = directory.resolveSibling("");
        if (!name.matches(VERSION) || !Files.isDirectory(versions)) {
            return false;
        }
        try (Stream<Path> others = Files.list(versions)) {
            return others.map(other -> String.valueOf(other.getFileName()))
                            .filter(other -> other.matches(VERSION))
                            .filter(other -> number(other) > number(name))
                            .count()
                    < 2;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + versions, unreadable);
        }
    }

    private static int number(String version) {
        return Integer.parseInt(version.substring(1));
    }

    @Override
    public void close() {
        policy.close();
        tokenizer.close();
    }

    private static Path pathOf(ModelReference reference) {
        try {
            return Path.of(java.net.URI.create(reference.uri()));
        } catch (IllegalArgumentException | FileSystemNotFoundException foreign) {
            throw new UnanswerableException(
                    "policy " + reference.uri() + " is no file: URI of a directory (" + foreign.getMessage() + ")");
        }
    }
}
