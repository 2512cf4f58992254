package dev.tempo.rollout;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.contract.ModelReference;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.runs.WatchedVersions;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/** A policy version in memory, with its tokenizer and chat template. */
record LoadedPolicy(Policy policy, Tokenizer tokenizer, Optional<ChatTemplate> chatTemplate) implements AutoCloseable {
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

    /** Whether files that are missing or damaged may be whole later: those of a version that its trainer writes again. */
    static boolean mayBeMended(ModelReference reference) {
        return WatchedVersions.mayBeMended(pathOf(reference));
    }

    /**
     * Whether files that are missing or damaged stay so: those of a version that its trainer has left behind, or of a copy that was for a
     * trial which is over.
     */
    static boolean isLeftBehind(ModelReference reference) {
        Path version = pathOf(reference);
        return WatchedVersions.isLeftBehind(version) || TriedCopy.isDone(version);
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
