package dev.tempo.rollout;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.tokens.StopStrings;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.rollout.environment.TokenizedEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One response to generate, and whose it is. */
record Sample(TrajectoryId id, String domain, String prompt, GenerationTask task) {

    /**
     * The n samples of a request.
     *
     * @throws UnanswerableException if the model cannot express or hold the prompt, or has no chat template for it
     */
    static List<Sample> of(RolloutRequest request, LoadedPolicy loaded, Supplier<@Nullable Environment> environment) {
        String text = Prompts.text(request.questionText(), request.generation(), loaded.chatTemplate());
        int[] prompt = tokens(text, loaded.tokenizer(), loaded.policy().config());
        int limit = request.generation().maxNewTokens();
        int positions = loaded.policy().config().maxPositions();
        if ((long) prompt.length + limit > positions) {
            throw new UnanswerableException("the prompt's " + prompt.length + " tokens and generation.maxNewTokens "
                    + limit + " exceed the model's " + positions + " positions");
        }
        SamplingSettings sampling = SamplingSettings.of(request.generation());
        List<String> stop = request.generation().stop();
        StopStrings stopStrings = stop == null ? null : new StopStrings(loaded.tokenizer(), stop);
        return IntStream.range(0, request.samples())
                .mapToObj(sample -> new Sample(
                        request.id().sample(sample),
                        request.domain(),
                        text,
                        new GenerationTask(prompt, key(request, sample), sampling, environment.get(), stopStrings)))
                .toList();
    }

    /**
     * The ids have the end-of-sequence token or the stop string that ended the response, the text leaves them out.
     *
     * @param ends ids that end a sequence
     */
    Trajectory trajectory(GeneratedResponse generation, Tokenizer tokenizer, List<Integer> ends) {
        if (task.environment() instanceof TokenizedEnvironment plugIn) {
            String failure = plugIn.failure();
            if (failure != null) {
                return Trajectory.failed(id, domain, prompt, failure);
            }
        }
        int[] ids = generation.responseIds();
        boolean marked = generation.ended() && ends.contains(ids[ids.length - 1]);
        int[] written = Arrays.copyOf(ids, marked ? ids.length - 1 : ids.length);
        return new Trajectory(
                id,
                domain,
                prompt,
                task.stop() == null ? tokenizer.decode(written) : task.stop().text(written),
                TokenIds.of(task.promptIds()),
                TokenIds.of(ids),
                EnvironmentMask.of(generation.environmentMask()),
                LogProbs.of(generation.logProbs()),
                generation.ended() ? StopReason.END : StopReason.LENGTH,
                null);
    }

    /**
     * The key of the random numbers of a sample, made of everything that identifies it but its run: the same recipe
     * gives the same responses in every run.
     */
    private static long key(RolloutRequest request, int sample) {
        RequestId id = request.id();
        return CounterRandom.key(request.seed(), id.round(), id.purpose().word(), id.step(), id.question(), sample);
    }

    private static int[] tokens(String prompt, Tokenizer tokenizer, ModelConfig config) {
        int[] ids;
        try {
            ids = tokenizer.encode(prompt);
        } catch (IllegalArgumentException inexpressible) {
            // Its message holds the question, which is to stand in no log and no record.
            throw new UnanswerableException(
                    "the prompt cannot be tokenized: the model's vocabulary lacks a character of it");
        }
        if (ids.length == 0) {
            throw new UnanswerableException("the prompt has no tokens");
        }
        for (int id : ids) {
            if (id >= config.vocabularySize()) {
                throw new UnanswerableException("the prompt has token " + id + ", but the model's vocabulary ends at "
                        + config.vocabularySize());
            }
        }
        return ids;
    }
}
