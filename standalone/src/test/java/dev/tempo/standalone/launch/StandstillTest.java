package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Awaited;
import dev.tempo.messaging.service.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandstillTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final List<String> notices = new ArrayList<>();
    private Standstill standstill;

    @BeforeEach
    void begin() throws IOException {
        standstill = new Standstill(Example.recipe(directory), notices::add);
    }

    @Test
    void versionsMeasuredQuestionsAndRequestsFoundToTakeWorkersDownEndIt() {
        assertThat(ends(0, 9, false, 3)).as("the first look").isTrue();
        assertThat(ends(0, 9, true, 3)).as("letters of an earlier run").isFalse();
        assertThat(ends(1, 9, true, 3)).isTrue();
        assertThat(ends(1, 8, true, 3)).isTrue();
        assertThat(ends(1, Double.NaN, true, 3)).isFalse();
        assertThat(ends(1, 8, true, 4)).isTrue();
        assertThat(ends(1, 8, true, 4)).isFalse();
    }

    @Test
    void requestsAreCountedOnlyWhereAProcessHasDiedAndABrokerThatIsSilentTellsNothing() {
        assertThat(standstill.ends(0, Double.NaN, false, OptionalLong::empty)).isTrue();
        assertThat(ends(0, Double.NaN, false, 2)).as("the first count").isFalse();
        assertThat(ends(0, Double.NaN, false, 5)).isFalse();
        assertThat(standstill.ends(0, Double.NaN, true, OptionalLong::empty)).isFalse();
        assertThat(ends(0, Double.NaN, true, 5)).isTrue();
    }

    @Test
    void aWorkerThatDiesOfAllThatItIsAskedComesNoFurther() {
        assertThat(ends(0, Double.NaN, true, 0)).isTrue();
        for (int suspicions = 1; suspicions <= 16; suspicions++) {
            assertThat(ends(0, Double.NaN, true, suspicions)).isTrue();
        }
        assertThat(ends(0, Double.NaN, true, 17)).isFalse();
        assertThat(ends(0, Double.NaN, true, 18)).isFalse();
        assertThat(ends(1, Double.NaN, true, 18)).isTrue();
        assertThat(ends(1, Double.NaN, true, 19)).isTrue();
    }

    private boolean ends(int published, double open, boolean deaths, long failed) {
        return standstill.ends(published, open, deaths, () -> OptionalLong.of(failed));
    }

    @Test
    void whileRowsComeThereIsNoReason() {
        Wait wait = wait(Service.POLICY, "12 rows", "critic-service", START);
        assertThat(standstill.look(health(List.of(), wait), START.plusSeconds(30)))
                .isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void whatAServiceAtWorkContributesToIsNoNews() {
        Wait policy = wait(Service.POLICY, "16 rows", "critic-service", START);
        Wait rollout = wait(Service.ROLLOUT, "version 3", "policy-service", START);
        Instant later = START.plusSeconds(31);
        assertThat(standstill.look(working(Service.CRITIC, policy, rollout), later))
                .isEmpty();
        assertThat(standstill.look(working(Service.EVAL, policy, rollout), later))
                .as("nobody waits for measurements")
                .contains("rollout-service: version 3 from policy-service, for 31 s");
        assertThat(notices).hasSize(1);
    }

    @Test
    void ofThoseThatWaitForOneAnotherTheFirstOfTheRoadIsNamedAndToldOnce() {
        Wait policy = wait(Service.POLICY, "16 rows", "critic-service", START);
        Wait judge = wait(Service.JUDGE, "labeled-trajectories waits", "judge 'm' is unavailable", START);
        Wait critic = wait(Service.CRITIC, "8 rows", "judge-service", START, "q1/0", "q2/3");
        assertThat(standstill.look(health(List.of(), policy, critic, judge), START.plusSeconds(31)))
                .contains("judge-service: labeled-trajectories waits from judge 'm' is unavailable, for 31 s");
        assertThat(standstill.look(health(List.of(), policy, critic, judge), START.plusSeconds(40)))
                .isPresent();
        assertThat(notices).hasSize(1);
        assertThat(standstill.look(health(List.of(), policy, critic), START.plusSeconds(50)))
                .contains("critic-service: 8 rows (first q1/0, q2/3) from judge-service, for 50 s");
        assertThat(notices).hasSize(2);
    }

    @Test
    void aServiceThatAnsweredOnceAndDoesNotAnyMoreIsNamedAfterThreeLooks() {
        List<Service> frozen = List.of(Service.ROLLOUT);
        for (int look = 0; look < 5; look++) {
            assertThat(standstill.look(health(frozen), START.plusSeconds(look)))
                    .as("it is starting")
                    .isEmpty();
        }
        standstill.look(health(List.of()), START.plusSeconds(5));
        standstill.look(health(frozen), START.plusSeconds(10));
        assertThat(standstill.look(health(frozen), START.plusSeconds(12))).isEmpty();
        assertThat(standstill.look(health(frozen), START.plusSeconds(14)))
                .contains("rollout-service does not answer, for 4 s");
        Wait critic = wait(Service.CRITIC, "8 rows", "judge-service", START.plusSeconds(10), "q1/0");
        assertThat(standstill.look(health(frozen, critic), START.plusSeconds(41)))
                .contains("rollout-service does not answer, for 31 s; critic-service: 8 rows (first q1/0) from"
                        + " judge-service, for 31 s");
        assertThat(notices).containsExactly("rollout-service does not answer, for 4 s");
    }

    private static Monitor.Health health(List<Service> silent, Wait... waits) {
        return new Monitor.Health(silent, List.of(), Arrays.asList(waits), Set.of());
    }

    private static Monitor.Health working(Service service, Wait... waits) {
        return new Monitor.Health(List.of(), List.of(), Arrays.asList(waits), Set.of(service.module()));
    }

    private static Wait wait(Service by, String what, String from, Instant since, String... missing) {
        return new Wait(by.module(), new Awaited("r", what, from, since, Arrays.asList(missing)));
    }
}
