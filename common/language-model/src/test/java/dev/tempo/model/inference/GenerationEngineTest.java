package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationEngineTest {
    @TempDir
    static Path directory;

    private static Path model;

    @BeforeAll
    static void write() {
        model = TinyModel.policy(directory.resolve("short"), 11);
    }

    private static GenerationTask task(int key, int prompt, int limit) {
        return new GenerationTask(
                TinyModel.ids(key / 2, prompt), CounterRandom.key(7, key), new SamplingSettings(1, limit), null);
    }

    private static List<GenerationTask> tasks() {
        List<GenerationTask> tasks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            tasks.add(task(i, 1 + i / 2 % 13, 1 + i % 40));
        }
        return tasks;
    }

    private static List<GeneratedResponse> alone(Policy policy, List<GenerationTask> tasks) {
        return tasks.stream().map(task -> policy.generate(List.of(task)).get(0)).toList();
    }

    private static Policy policy(int rows) {
        return Policy.load(model, new GenerationLimits(1 << 24, rows));
    }

    @Test
    void aResponseIsTheSameHoweverManyRunBesideItAndWheneverItJoins() {
        List<GenerationTask> tasks = tasks();
        List<GeneratedResponse> expected;
        try (Policy policy = policy(64)) {
            expected = alone(policy, tasks);
            assertThat(policy.generate(tasks)).isEqualTo(expected);
        }
        for (int rows : new int[] {1, 3, 17}) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, new Random(rows));
            try (Policy policy = policy(rows)) {
                List<GeneratedResponse> generations =
                        policy.generate(order.stream().map(tasks::get).toList());
                assertThat(generations)
                        .isEqualTo(order.stream().map(expected::get).toList());
            }
        }
    }

    @Test
    void othersMayJoinAtEveryTokenOfAResponse() {
        List<GenerationTask> joining = tasks().subList(0, 24);
        try (Policy policy = policy(256)) {
            List<GeneratedResponse> expected = alone(policy, joining);
            GenerationTask undisturbed = task(99, 3, 60);
            GeneratedResponse expectedOfLong =
                    policy.generate(List.of(undisturbed)).get(0);
            List<CompletableFuture<GeneratedResponse>> joined = new ArrayList<>();
            Environment inviting = (prompt, response, length) -> {
                if (joined.size() < joining.size() && length >= joined.size()) {
                    joined.addAll(policy.submit(List.of(joining.get(joined.size()))));
                }
                return Environment.NONE;
            };
            GeneratedResponse generation = policy.generate(List.of(new GenerationTask(
                            undisturbed.promptIds(), undisturbed.key(), undisturbed.sampling(), inviting)))
                    .get(0);
            assertThat(joined).hasSizeGreaterThan(5);
            assertThat(generation).isEqualTo(expectedOfLong);
            for (int i = 0; i < joined.size(); i++) {
                assertThat(joined.get(i).join()).isEqualTo(expected.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#longConfigs")
    void longPromptsAndResponsesAgreeWithTheWholeSequenceAndDoNotDependOnTheirCompany(ModelConfig config) {
        Path path = TinyModel.write(directory.resolve("long" + config.hashCode()), config, Head.VOCABULARY, 5);
        List<GenerationTask> tasks = new ArrayList<>();
        int[] prompts = {55, 55, 61, 66, 130, 130, 250, 300, 505};
        for (int i = 0; i < prompts.length; i++) {
            int[] prompt = TinyModel.ids(prompts[i], prompts[i]);
            // No response ends early: an environment writes where a token would have been the end.
            tasks.add(new GenerationTask(
                    prompt, i, new SamplingSettings(1, 12 + 7 * (i % 3)), (asked, response, length) -> 3 + length % 9));
        }
        try (Policy policy = Policy.load(path, new GenerationLimits(1 << 24, 7))) {
            List<GeneratedResponse> together = policy.generate(tasks);
            assertThat(alone(policy, tasks)).isEqualTo(together);
            List<Sequence> sequences = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                sequences.add(
                        Sequence.of(tasks.get(i).promptIds(), together.get(i).responseIds()));
            }
            List<float[]> whole = policy.logProbs(sequences);
            for (int i = 0; i < tasks.size(); i++) {
                assertThat(whole.get(i)).hasSize(tasks.get(i).sampling().maxNewTokens());
                for (int t = 0; t < whole.get(i).length; t++) {
                    assertThat(together.get(i).logProbs()[t]).isCloseTo(whole.get(i)[t], within(3e-5f));
                }
            }
        }
    }

    @Test
    void whatDoesNotFitIntoMemoryNowWaits() {
        List<GenerationTask> tasks = tasks();
        int largest = tasks.stream().mapToInt(Row::capacity).max().orElseThrow();
        long twoRows = 2L * largest * 2 * Decoder.cellBytes(TinyModel.config(true), WeightType.FLOAT32);
        try (Policy narrow = Policy.load(model, new GenerationLimits(twoRows, 64));
                Policy wide = policy(64)) {
            assertThat(narrow.generate(tasks)).isEqualTo(wide.generate(tasks));
        }
    }

    @Test
    void whatCanNeverFitIsRefusedWithNumbers() {
        long bytes = 32L * 2 * Decoder.cellBytes(TinyModel.config(true), WeightType.FLOAT32);
        try (Policy policy = Policy.load(model, new GenerationLimits(bytes, 64))) {
            assertThat(policy.generate(List.of(task(1, 12, 20)))).hasSize(1);
            assertThatThrownBy(() -> policy.submit(List.of(task(1, 12, 20), task(2, 13, 20))))
                    .isInstanceOf(TaskTooLargeException.class)
                    .hasMessageContaining("13 tokens")
                    .hasMessageContaining("limit of 20")
                    .hasMessageContaining(bytes + " are all");
            assertThatThrownBy(() -> policy.submit(List.of(task(1, 12, 69))))
                    .isInstanceOf(TaskTooLargeException.class)
                    .hasMessageContaining("80 positions");
            assertThat(policy.waiting()).isZero();
        }
    }

    @Test
    void aBrokenEnvironmentEndsItsOwnResponseOnly() {
        GenerationTask good = task(4, 5, 30);
        GenerationTask bad = new GenerationTask(
                TinyModel.ids(2, 5), 1, new SamplingSettings(1, 30), (prompt, response, length) -> length < 3 ? 4 : 55);
        try (Policy policy = policy(64)) {
            List<CompletableFuture<GeneratedResponse>> futures = policy.submit(List.of(good, bad));
            assertThatThrownBy(futures.get(1)::join).hasMessageContaining("the environment wrote token id 55");
            assertThat(futures.get(0).join())
                    .isEqualTo(policy.generate(List.of(good)).get(0));
        }
    }

    @Test
    void aCancelledResponseMakesRoom() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Environment slow = waiting(started, cancelled);
        try (Policy policy = policy(1)) {
            GenerationTask next = task(3, 4, 6);
            GeneratedResponse expected = policy.generate(List.of(next)).get(0);
            List<CompletableFuture<GeneratedResponse>> futures = policy.submit(
                    List.of(new GenerationTask(TinyModel.ids(1, 4), 1, new SamplingSettings(1, 70), slow), next));
            await(started);
            futures.get(0).cancel(false);
            cancelled.countDown();
            assertThat(futures.get(1).join()).isEqualTo(expected);
        }
    }

    @Test
    void whatIsCancelledWhileItWaitsLeavesTheQueue() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Environment slow = waiting(started, cancelled);
        try (Policy policy = policy(1)) {
            policy.submit(List.of(new GenerationTask(TinyModel.ids(1, 4), 1, new SamplingSettings(1, 8), slow)));
            await(started);
            List<CompletableFuture<GeneratedResponse>> waiting =
                    policy.submit(List.of(task(3, 4, 6), task(4, 4, 6), task(5, 4, 6)));
            waiting.get(0).cancel(false);
            waiting.get(1).cancel(false);

            assertThat(policy.waiting()).isOne();

            cancelled.countDown();
            assertThat(waiting.get(2).join()).isNotNull();
        }
    }

    @Test
    void anErrorEndsTheResponsesAtWorkAndNoLaterOne() {
        GenerationTask bad =
                new GenerationTask(TinyModel.ids(2, 5), 1, new SamplingSettings(1, 30), (prompt, response, length) -> {
                    throw new AssertionError("no memory, perhaps");
                });
        GenerationTask good = task(4, 5, 30);
        try (Policy policy = policy(64)) {
            GeneratedResponse expected = policy.generate(List.of(good)).get(0);
            assertThatThrownBy(policy.submit(List.of(bad)).get(0)::join).hasMessageContaining("no memory, perhaps");
            assertThat(policy.generate(List.of(good))).containsExactly(expected);
        }
    }

    @Test
    void closingGivesUpWhatIsNotWritten() {
        CountDownLatch started = new CountDownLatch(1);
        Environment waiting = (prompt, response, length) -> {
            started.countDown();
            return 4;
        };
        Policy policy = policy(1);
        List<CompletableFuture<GeneratedResponse>> futures = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            futures.addAll(policy.submit(
                    List.of(new GenerationTask(TinyModel.ids(1, 4), i, new SamplingSettings(1, 70), waiting))));
        }
        await(started);
        policy.close();
        assertThat(futures).allMatch(CompletableFuture::isDone);
        assertThatThrownBy(futures.get(499)::join).hasMessageContaining("closed");
        assertThatThrownBy(() -> policy.submit(List.of(task(1, 4, 4)))).hasMessageContaining("closed");
    }

    /** An environment that says that it is asked, and answers once it may. */
    private static Environment waiting(CountDownLatch asked, CountDownLatch may) {
        return (prompt, response, length) -> {
            asked.countDown();
            await(may);
            return 4;
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
