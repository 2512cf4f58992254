package dev.tempo.serving.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.inference.TokenReader;
import dev.tempo.serving.TalkingModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class VersionDeskTest {
    @TempDir
    static Path directory;

    private static final List<ServedVersion> VERSIONS = new ArrayList<>();

    private volatile int served;

    @BeforeAll
    static void write() {
        for (int version = 0; version < 3; version++) {
            Path model = TalkingModel.write(directory.resolve("v" + version), 30 + version);
            VERSIONS.add(new ServedVersion("words", "r", OptionalInt.of(version), model, null, Instant.EPOCH));
        }
    }

    private VersionDesk desk(int room) {
        VersionCatalog catalog = () -> new VersionListing("words", VERSIONS, Optional.of(VERSIONS.get(served)), true);
        return new VersionDesk(catalog, room, new GenerationLimits(1 << 24, 4), WeightType.FLOAT32);
    }

    /** A reader that keeps the engine's thread until it is let go. */
    private static final class Holding implements TokenReader {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);

        @Override
        public int alternatives() {
            return 0;
        }

        @Override
        public void wrote(int id, float logProb, int[] likeliest, float[] theirLogProbs) {
            held.countDown();
            try {
                letGo.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Freeing an engine waits for its step; who asks or gives back is a connection's thread, and must not. */
    @Test
    void nobodyWaitsForAVersionToBeFreed() {
        Holding holding = new Holding();
        try (VersionDesk desk = desk(1)) {
            VersionDesk.Loan loan = desk.lend("words@0").join();
            loan.version()
                    .policy()
                    .submit(List.of(new GenerationTask(new int[] {70, 71}, 1, new SamplingSettings(1, 50), null)
                            .readBy(holding)));
            await(holding.held);
            CompletableFuture<VersionDesk.Loan> other = desk.lend("words@1");
            CompletableFuture<Void> givenBack = CompletableFuture.runAsync(loan::close);
            givenBack.orTimeout(1, TimeUnit.MINUTES).join();
            assertThat(other).isNotDone();
            assertThat(desk.refused()).isEmpty();
            holding.letGo.countDown();
            other.join().close();
        }
    }

    @Test
    void aVersionThatWasTakenBackWhileItWasWaitedForDoesNotAnswer() {
        try (VersionDesk desk = desk(2)) {
            desk.lend("words").join().close();
            VersionDesk.Loan inUse = desk.lend("words@2").join();
            served = 1;
            desk.refresh();
            served = 0;
            CompletableFuture<VersionDesk.Loan> behindIt = desk.lend("words@1");
            inUse.close();
            behindIt.join().close();
            assertThat(desk.answering()).contains(VERSIONS.get(0));

            served = 1;
            desk.refresh();
            Awaitility.await().until(() -> desk.answering().equals(Optional.of(VERSIONS.get(1))));
        }
    }

    @Test
    void whatIsNotKnownYetIsNotSaidToBeNothing() {
        VersionCatalog unread = () -> new VersionListing("policy", List.of(), Optional.empty(), false);
        VersionCatalog empty = () -> new VersionListing("words", List.of(), Optional.empty(), true);
        GenerationLimits limits = new GenerationLimits(1 << 24, 4);
        try (VersionDesk before = new VersionDesk(unread, 2, limits, WeightType.FLOAT32);
                VersionDesk after = new VersionDesk(empty, 2, limits, WeightType.FLOAT32)) {
            assertThatThrownBy(() -> before.lend("words@3")).isInstanceOf(NotYetServedException.class);
            assertThatThrownBy(() -> after.lend("words")).isInstanceOf(NotYetServedException.class);
            assertThatThrownBy(() -> after.lend("words@3")).isInstanceOf(NoSuchVersionException.class);
        }
    }
}
