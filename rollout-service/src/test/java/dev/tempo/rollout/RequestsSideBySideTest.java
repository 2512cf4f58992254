package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several callers of one worker. */
class RequestsSideBySideTest {
    @TempDir
    static Path folder;

    private static ModelReference model;

    @BeforeAll
    static void aTinyModel() {
        model = Samples.model(folder.resolve("model"));
    }

    @Test
    void aSecondCallersRequestJoinsWhileTheFirstOnesIsBeingWritten() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        AtomicInteger written = new AtomicInteger();
        AtomicInteger writtenBefore = new AtomicInteger(-1);
        EnvironmentKind slow = new EnvironmentKind("slow", tokenizer -> (prompt, response, length) -> {
            begun.countDown();
            written.incrementAndGet();
            pause(joined);
            return tokenizer.id("1").orElseThrow();
        });
        EnvironmentKind quick = new EnvironmentKind("quick", tokenizer -> (prompt, response, length) -> {
            writtenBefore.compareAndSet(-1, written.get());
            joined.countDown();
            return tokenizer.id("2").orElseThrow();
        });
        RolloutWorker shared = new RolloutWorker(
                new PolicyShelf(1, GenerationLimits.standard(), WeightType.FLOAT32),
                new Environments(List.of(slow, quick)),
                new RolloutMetrics(new SimpleMeterRegistry()),
                InstantSource.system());
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<List<Trajectory>> first =
                    other.submit(() -> shared.answer(List.of(request("a", new Generation(1, 40, "slow")))));
            begun.await();
            List<Trajectory> second = shared.answer(List.of(request("b", new Generation(1, 4, "quick"))));

            assertThat(second).extracting(Trajectory::response).containsExactly("2222");
            assertThat(first.get()).extracting(Trajectory::response).containsExactly("1".repeat(40));
            assertThat(writtenBefore.get()).isBetween(1, 39);
        } finally {
            other.shutdown();
            shared.close();
        }
    }

    private static void pause(CountDownLatch until) {
        try {
            until.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static RolloutRequest request(String question, Generation generation) {
        return new RolloutRequest(
                new RequestId("run", 3, Purpose.LABELED, 0, question), 7, model, "default", "x*2+3=5", 1, generation);
    }
}
