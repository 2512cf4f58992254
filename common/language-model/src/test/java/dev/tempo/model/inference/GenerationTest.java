package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    /** An environment that writes an id of its own after every 'c'. */
    private static final Environment AFTER_C =
            (prompt, response, length) -> length > 0 && response[length - 1] == 4 ? 7 : Environment.NONE;

    @TempDir
    static Path directory;

    private static Policy policy;

    @BeforeAll
    static void load() {
        policy = Policy.load(TinyModel.policy(directory, 11));
    }

    @AfterAll
    static void close() {
        policy.close();
    }

    /** A list of 64 tasks: prompts of mixed lengths, four samples of each, different limits and temperatures. */
    private static List<GenerationTask> tasks() {
        List<GenerationTask> tasks = new ArrayList<>();
        for (int question = 0; question < 16; question++) {
            int[] prompt = TinyModel.ids(question, 1 + question % 11);
            for (int sample = 0; sample < 4; sample++) {
                tasks.add(new GenerationTask(
                        prompt,
                        CounterRandom.key(5, question, sample),
                        new SamplingSettings(sample == 0 ? .7 : 1, 5 + question),
                        sample == 3 ? null : AFTER_C));
            }
        }
        return tasks;
    }

    private static Sequence sequence(GenerationTask task, GeneratedResponse generation) {
        return new Sequence(task.promptIds(), generation.responseIds(), generation.environmentMask());
    }

    @Test
    void aTrajectoryDoesNotDependOnItsCompany() {
        List<GenerationTask> tasks = tasks();
        List<GeneratedResponse> together = policy.generate(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(policy.generate(List.of(tasks.get(i)))).containsExactly(together.get(i));
        }
        for (int from = 0; from < tasks.size(); from += 8) {
            assertThat(policy.generate(tasks.subList(from, from + 8))).isEqualTo(together.subList(from, from + 8));
        }
        List<GenerationTask> reversed = new ArrayList<>(tasks);
        Collections.reverse(reversed);
        List<GeneratedResponse> backwards = new ArrayList<>(policy.generate(reversed));
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(together);
    }

    @Test
    void twoThreadsAtOnceGenerateTheSame() throws InterruptedException {
        List<GenerationTask> tasks = tasks();
        List<GeneratedResponse> expected = policy.generate(tasks);
        List<List<GeneratedResponse>> seen = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = List.of(
                new Thread(() -> seen.add(policy.generate(tasks))), new Thread(() -> seen.add(policy.generate(tasks))));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).containsExactly(expected, expected);
    }

    @Test
    void anotherKeyIsAnotherTrajectory() {
        int[] prompt = TinyModel.ids(1, 6);
        SamplingSettings sampling = new SamplingSettings(1, 20);
        assertThat(policy.generate(List.of(new GenerationTask(prompt, 1, sampling, null))))
                .isNotEqualTo(policy.generate(List.of(new GenerationTask(prompt, 2, sampling, null))));
    }

    @Test
    void logProbabilitiesAreThoseOfTheWholeSequenceAtTemperatureOne() {
        List<GenerationTask> tasks = tasks();
        List<GeneratedResponse> generations = policy.generate(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            GeneratedResponse generation = generations.get(i);
            float[] whole =
                    policy.logProbs(List.of(sequence(tasks.get(i), generation))).get(0);
            for (int t = 0; t < whole.length; t++) {
                assertThat(generation.logProbs()[t]).isCloseTo(whole[t], within(2e-5f));
            }
        }
    }

    @Test
    void theEnvironmentsTokensAreMarkedAndNothingElse() {
        List<GenerationTask> tasks = tasks();
        List<GeneratedResponse> generations = policy.generate(tasks);
        int forced = 0;
        for (int i = 0; i < tasks.size(); i++) {
            GeneratedResponse generation = generations.get(i);
            for (int t = 0; t < generation.responseIds().length; t++) {
                boolean expected = tasks.get(i).environment() != null
                        && t > 0
                        && generation.responseIds()[t - 1] == 4;
                assertThat(generation.environmentMask()[t]).isEqualTo(expected);
                if (expected) {
                    assertThat(generation.responseIds()[t]).isEqualTo(7);
                    forced++;
                }
            }
        }
        assertThat(forced).isPositive();
    }

    @Test
    void aResponseEndsAtItsFirstEndTokenOrAtItsLimit() {
        List<GenerationTask> tasks = tasks();
        List<GeneratedResponse> generations = policy.generate(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            int[] ids = generations.get(i).responseIds();
            for (int t = 0; t < ids.length - 1; t++) {
                assertThat(ids[t]).isNotEqualTo(TinyModel.END);
            }
            boolean ended = ids[ids.length - 1] == TinyModel.END;
            assertThat(generations.get(i).ended()).isEqualTo(ended);
            assertThat(ended || ids.length == tasks.get(i).sampling().maxNewTokens())
                    .isTrue();
        }
        assertThat(generations).anyMatch(GeneratedResponse::ended).anyMatch(generation -> !generation.ended());
    }

    @Test
    void tokensAreDrawnAsOftenAsTheirProbabilitySaysWithoutThePad() {
        int draws = 20_000;
        double temperature = 1.6;
        int[] prompt = TinyModel.ids(3, 5);
        List<GenerationTask> tasks = new ArrayList<>();
        for (int i = 0; i < draws; i++) {
            tasks.add(new GenerationTask(prompt, CounterRandom.key(1, i), new SamplingSettings(temperature, 1), null));
        }
        int[] counts = new int[TinyModel.CHARACTERS.length()];
        policy.generate(tasks).forEach(generation -> counts[generation.responseIds()[0]]++);
        double[] expected = new double[counts.length];
        double sum = 0;
        for (int id = 1; id < counts.length; id++) {
            float logProb = policy.logProbs(List.of(Sequence.of(prompt, new int[] {id})))
                    .get(0)[0];
            expected[id] = Math.exp(logProb / temperature);
            sum += expected[id];
        }
        assertThat(counts[TinyModel.PAD]).isZero();
        for (int id = 1; id < counts.length; id++) {
            double share = expected[id] / sum;
            double deviation = Math.sqrt(share * (1 - share) / draws);
            assertThat(counts[id] / (double) draws).isCloseTo(share, within(4.5 * deviation + 1e-4));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        SamplingSettings sampling = new SamplingSettings(1, 70);
        assertThatThrownBy(() -> policy.generate(List.of(new GenerationTask(TinyModel.ids(1, 11), 1, sampling, null))))
                .hasMessageContaining("11 tokens")
                .hasMessageContaining("80 positions");
        assertThatThrownBy(() -> policy.generate(List.of(new GenerationTask(new int[] {99}, 1, sampling, null))))
                .hasMessageContaining("token id 99")
                .hasMessageContaining("17");
        Environment broken = (prompt, response, length) -> 55;
        assertThatThrownBy(() -> policy.generate(
                        List.of(new GenerationTask(new int[] {3}, 1, new SamplingSettings(1, 4), broken))))
                .hasMessageContaining("the environment wrote token id 55");
    }

    @Test
    void noTasksGiveNoResponses() {
        assertThat(policy.generate(List.of())).isEmpty();
    }
}
