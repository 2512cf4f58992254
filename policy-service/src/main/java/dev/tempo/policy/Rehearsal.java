package dev.tempo.policy;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.datasets.RehearsalTrace;
import dev.tempo.datasets.RehearsalTraces;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.RunStoppedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Traces of the base model's own corpus, rehearsed by cross-entropy beside the M-step (PTX). Read when first drawn from. */
final class Rehearsal {
    private final Supplier<List<Sequence>> source;
    private List<Sequence> traces = List.of();

    private Rehearsal(Supplier<List<Sequence>> source) {
        this.source = source;
    }

    static Rehearsal of(List<Sequence> traces) {
        return new Rehearsal(() -> traces);
    }

    /** The traces of a run's file in the tokens of its first policy; none where no file is named. */
    static Rehearsal of(Run run) {
        RehearsalFile file = run.recipe().data().rehearsal();
        return file == null
                ? none()
                : of(
                        file,
                        new GivenFiles(RunDirectory.of(run).given()),
                        new ModelDirectory(RunDirectory.pathOf(run.firstPolicy())));
    }

    /** The traces of a file that a run was given, in the tokens of a model. */
    static Rehearsal of(RehearsalFile file, GivenFiles given, ModelDirectory model) {
        return new Rehearsal(() -> {
            given.refuseChanged(Path.of(file.file()));
            return encode(file, model);
        });
    }

    /** A stage that rehearses without a file is refused when its recipe is read. */
    static Rehearsal none() {
        return of(List.of());
    }

    /** Traces for one mini-batch, drawn with replacement; the same arguments give the same traces. */
    List<Sequence> draw(long seed, int round, int miniBatch, int count) {
        if (traces.isEmpty()) {
            traces = source.get();
            if (traces.isEmpty()) {
                throw new RunStoppedException("there is no trace to rehearse: data.rehearsal names no file or an empty"
                        + " one, but policy.rehearsal is greater than 0");
            }
        }
        long key = CounterRandom.key(seed, "rehearsal", round, miniBatch);
        List<Sequence> drawn = new ArrayList<>(count);
        for (int position = 0; position < count; position++) {
            drawn.add(traces.get(CounterRandom.below(key, position, traces.size())));
        }
        return drawn;
    }

    private static List<Sequence> encode(RehearsalFile file, ModelDirectory model) {
        ModelConfig config = model.config();
        List<Sequence> sequences = new ArrayList<>();
        try (Tokenizer tokenizer = model.tokenizer()) {
            for (RehearsalTrace trace : RehearsalTraces.read(file)) {
                sequences.add(encode(trace, tokenizer, config));
            }
        } catch (IllegalArgumentException e) {
            throw new RunStoppedException(
                    "trace " + (sequences.size() + 1) + " of " + file.file() + " does not fit the model: "
                            + e.getMessage(),
                    e);
        }
        return sequences;
    }

    private static Sequence encode(RehearsalTrace trace, Tokenizer tokenizer, ModelConfig config) {
        int[] response = ended(tokenizer.encode(trace.response()), config.endTokenIds());
        return new Sequence(
                tokenizer.encode(trace.question()),
                response,
                trace.environment(response.length).toArray());
    }

    /** A trace may spell out the end-of-sequence token; where it does not, one is added. */
    private static int[] ended(int[] response, List<Integer> endTokens) {
        if (response.length > 0 && endTokens.contains(response[response.length - 1])) {
            return response;
        }
        int[] ended = Arrays.copyOf(response, response.length + 1);
        ended[response.length] = endTokens.get(0);
        return ended;
    }
}
