package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.forward.Buckets;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.training.Pretrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockstepTest {
    /** The quickstart's config: numbers published for the quickstart rest on these bits. */
    private static final ModelConfig QUICKSTART =
            new ModelConfig("qwen3", 64, 4, 4, 2, 16, 176, 1e-6, 1e4, true, 22, 64, OptionalInt.of(0), List.of(10));

    @TempDir
    Path directory;

    private static List<GenerationTask> tasks() {
        List<GenerationTask> tasks = new ArrayList<>();
        for (int question = 0; question < 32; question++) {
            int[] prompt = new int[4 + question % 8];
            for (int t = 0; t < prompt.length; t++) {
                prompt[t] = 11 + CounterRandom.below(question, t, 11);
            }
            for (int sample = 0; sample < 8; sample++) {
                Environment environment =
                        (asked, response, length) -> length > 0 && length % 5 == 0 ? 12 : Environment.NONE;
                tasks.add(new GenerationTask(
                        prompt,
                        CounterRandom.key(9, question, sample),
                        new SamplingSettings(1, 22),
                        sample == 7 ? environment : null));
            }
        }
        return tasks;
    }

    @Test
    void responsesOfTheQuickstartsShapeHaveTheBitsOfDecodingInLockstep() {
        Pretrainer.initialise(
                QUICKSTART,
                IntStream.range(0, 22)
                        .mapToObj(id -> String.valueOf((char) ('a' + id)))
                        .toList(),
                3,
                directory);
        List<GenerationTask> tasks = tasks();
        TreeMap<Integer, List<GenerationTask>> byLength = new TreeMap<>();
        tasks.forEach(
                task -> byLength.computeIfAbsent(Buckets.length(task.promptIds().length), ignored -> new ArrayList<>())
                        .add(task));
        Transformer transformer = Transformer.load(directory, Head.VOCABULARY);
        try (Policy policy = new Policy(transformer, GenerationLimits.standard())) {
            List<GeneratedResponse> generations = policy.generate(tasks);
            byLength.values().forEach(together -> {
                List<GeneratedResponse> expected = Lockstep.generate(transformer, together);
                for (int i = 0; i < together.size(); i++) {
                    GeneratedResponse actual = generations.get(tasks.indexOf(together.get(i)));
                    assertThat(actual.responseIds()).isEqualTo(expected.get(i).responseIds());
                    assertThat(actual.environmentMask())
                            .isEqualTo(expected.get(i).environmentMask());
                    assertThat(actual.logProbs()).isEqualTo(expected.get(i).logProbs());
                }
            });
        }
    }
}
