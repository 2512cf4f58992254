package dev.tempo.standalone.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PromotionWish;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.messaging.Broker;
import dev.tempo.standalone.launch.BrokerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes of operators, each with a connection of its own, on a real broker. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AnnouncedRunsTest {
    private static final PromotionWish WISH = new PromotionWish("wish", 3);
    private static final AtomicInteger RUNS = new AtomicInteger();

    static BrokerConnection one;
    static BrokerConnection other;

    private final Run run = new Run(
            "announced-" + RUNS.incrementAndGet(),
            RunState.ACTIVE,
            RecipeBuilder.recipe(StageBuilder.testTime("tempo").build()).build(),
            new ModelReference("file:///base", "0".repeat(64)),
            "runs/announced",
            null);

    @BeforeAll
    static void connect() {
        one = BrokerConnection.connect(Broker.bootstrapServers());
        other = BrokerConnection.connect(Broker.bootstrapServers());
    }

    @AfterAll
    static void close() {
        one.close();
        other.close();
    }

    @Test
    void whatSomebodyElseWantsBetweenReadingAndWritingIsKept() {
        finishWhileTheOtherChanges(
                announced -> known(announced).withState(RunState.PAUSED),
                announced -> known(announced).withPromotion(WISH));
        assertThat(announced())
                .isEqualTo(run.withState(RunState.PAUSED).withPromotion(WISH).thatFinishes());
    }

    @Test
    void whatIsWantedBetweenTwoWhoWantTheSameIsKept() {
        finishWhileTheOtherChanges(
                announced -> known(announced).thatFinishes(),
                announced -> known(announced).withState(RunState.PAUSED));
        assertThat(announced()).isEqualTo(run.thatFinishes().withState(RunState.PAUSED));
    }

    /** One reads, the other makes all of these changes, and one writes. */
    private void finishWhileTheOtherChanges(AnnouncedRuns.Change... changes) {
        one.publish(Topics.RUNS, run);
        AtomicInteger asked = new AtomicInteger();
        one.runs().change(run.run(), announced -> {
            if (asked.getAndIncrement() == 0) {
                List.of(changes).forEach(change -> other.runs().change(run.run(), change));
            }
            return known(announced).thatFinishes();
        });
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoResumesARunFromItsSubmissionForgetsNothingThatIsWanted() {
        one.publish(Topics.RUNS, run.withState(RunState.PAUSED).thatFinishes().withPromotion(WISH));
        other.runs().change(run.run(), announced -> AnnouncedRuns.keepingWishes(run, announced));
        assertThat(announced()).isEqualTo(run.thatFinishes().withPromotion(WISH));
    }

    @Test
    void aRunThatNobodyHasAnnouncedIsAnnouncedAsItIs() {
        assertThat(one.runs().change(run.run(), announced -> AnnouncedRuns.keepingWishes(run, announced)))
                .isEqualTo(run);
        assertThat(announced()).isEqualTo(run);
    }

    @Test
    void ofThreeChangesAtOnceNoneIsLost() throws Exception {
        ExecutorService operators = Executors.newFixedThreadPool(3);
        try (BrokerConnection third = BrokerConnection.connect(Broker.bootstrapServers())) {
            for (int round = 0; round < 5; round++) {
                String id = run.run() + "-" + round;
                Run begun = new Run(id, run.state(), run.recipe(), run.base(), run.directory(), null);
                one.publish(Topics.RUNS, begun);
                List<Future<Run>> changes = new ArrayList<>();
                changes.add(operators.submit(() ->
                        one.runs().change(id, announced -> known(announced).thatFinishes())));
                changes.add(operators.submit(() ->
                        other.runs().change(id, announced -> known(announced).withState(RunState.PAUSED))));
                changes.add(operators.submit(() ->
                        third.runs().change(id, announced -> known(announced).withPromotion(WISH))));
                for (Future<Run> change : changes) {
                    change.get();
                }
                assertThat(one.runs().change(id, AnnouncedRunsTest::known))
                        .isEqualTo(
                                begun.withState(RunState.PAUSED).thatFinishes().withPromotion(WISH));
            }
        } finally {
            operators.shutdownNow();
        }
    }

    @Test
    void ofManyChangesAtOnceNoneIsLostOrMadeTwice() throws Exception {
        int each = 10;
        one.publish(Topics.RUNS, run);
        ExecutorService operators = Executors.newFixedThreadPool(3);
        try (BrokerConnection third = BrokerConnection.connect(Broker.bootstrapServers())) {
            List<Future<?>> changes = new ArrayList<>();
            for (BrokerConnection operator : List.of(one, other, third)) {
                changes.add(operators.submit(() -> {
                    for (int change = 0; change < each; change++) {
                        operator.runs().change(run.run(), AnnouncedRunsTest::withNextWish);
                    }
                }));
            }
            for (Future<?> change : changes) {
                change.get();
            }
        } finally {
            operators.shutdownNow();
        }
        assertThat(announced()).isEqualTo(run.withPromotion(new PromotionWish("wish", 3 * each)));
    }

    private static Run withNextWish(@Nullable Run announced) {
        PromotionWish wish = known(announced).promotion();
        return known(announced).withPromotion(new PromotionWish("wish", wish == null ? 1 : wish.version() + 1));
    }

    @Test
    void whoseTurnIsAlwaysEndedByOthersSaysSoInsteadOfTryingForEver() {
        one.publish(Topics.RUNS, run);
        assertThatThrownBy(() -> one.runs().change(run.run(), announced -> {
                    other.runs().change(run.run(), AnnouncedRunsTest::withNextWish);
                    return known(announced).withState(RunState.PAUSED);
                }))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("changed by others at the same time")
                .hasMessageContaining("say it once more");
    }

    private Run announced() {
        return other.runs().change(run.run(), AnnouncedRunsTest::known);
    }

    private static Run known(@Nullable Run announced) {
        return Objects.requireNonNull(announced);
    }
}
