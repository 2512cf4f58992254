package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilentProcessesTest {
    private static final int PATIENCE = 4;
    private static final Optional<List<String>> NOBODY_ANSWERS = Optional.empty();
    private static final Optional<List<String>> LOST = Optional.of(List.of("judge-service-verdicts-1"));
    private static final Optional<List<String>> HEARD_OF =
            Optional.of(List.of("judge-service-verdicts-1", "policy-service-policy-training-2"));

    private final Map<String, Duration> cpu = new HashMap<>(Map.of("policy-service", Duration.ofSeconds(20)));
    private final List<String> ended = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private Duration now = Duration.ofDays(3);
    private final SilentProcesses processes = new SilentProcesses(
            PATIENCE, name -> cpu.getOrDefault(name, Duration.ZERO), ended::add, notices::add, () -> now.toNanos());

    @Test
    void aServiceThatAnswersNeitherIsEndedAfterSoManyChecks() {
        silent(PATIENCE - 1, LOST);
        assertThat(ended).isEmpty();
        silent(1, LOST);
        assertThat(ended).containsExactly("policy-service");
        assertThat(notices)
                .containsExactly(
                        "policy-service answers neither its health endpoint nor the broker and computes nothing;"
                                + " it was killed after 4 checks");
        silent(PATIENCE - 1, LOST);
        assertThat(ended).as("its successor has as long").hasSize(1);
    }

    @Test
    void anAnswerBetweenMakesTheCountBeginAnew() {
        silent(PATIENCE - 1, LOST);
        answering();
        silent(PATIENCE - 1, LOST);
        assertThat(ended).isEmpty();
    }

    @Test
    void aServiceThatTheBrokerHearsOfIsSlow() {
        silent(10 * PATIENCE, HEARD_OF);
        assertThat(ended).isEmpty();
        silent(1, LOST);
        assertThat(ended).containsExactly("policy-service");
    }

    @Test
    void aServiceThatComputesIsSlow() {
        for (int check = 0; check < 10 * PATIENCE; check++) {
            compute(Duration.ofMillis(30));
            silent(1, LOST);
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void aProcessThatComputesNextToNothingIsNotSlow() {
        silent(1, LOST);
        for (int check = 1; check < PATIENCE; check++) {
            compute(Duration.ofMillis(10));
            silent(1, LOST);
        }
        assertThat(ended).containsExactly("policy-service");
    }

    private void compute(Duration time) {
        cpu.merge("policy-service", time, Duration::plus);
    }

    @Test
    void aLauncherThatWasSuspendedItselfCountsAnew() {
        silent(PATIENCE - 1, LOST);
        now = now.plusSeconds(3600);
        silent(PATIENCE - 1, LOST);
        assertThat(ended).isEmpty();
        silent(1, LOST);
        assertThat(ended).hasSize(1);
    }

    @Test
    void checksInQuickSuccessionAreOne() {
        for (int check = 0; check < 10 * PATIENCE; check++) {
            now = now.plusMillis(90);
            processes.check(List.of(Service.POLICY), () -> LOST);
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void whereTheBrokerAnswersNobodyItIsEndedAndNoService() {
        silent(2 * PATIENCE - 2, NOBODY_ANSWERS);
        assertThat(ended).isEmpty();
        silent(1, NOBODY_ANSWERS);
        assertThat(ended).containsExactly("kafka");
    }

    @Test
    void whereAllServicesAreSilentTheBrokerIsAskedAtOnce() {
        silent(PATIENCE - 1, NOBODY_ANSWERS, Service.values());
        assertThat(ended).isEmpty();
        silent(1, NOBODY_ANSWERS, Service.values());
        assertThat(ended).containsExactly("kafka");
    }

    @Test
    void servicesThatWaitedForTheBrokerHaveTheirTimeOnceItAnswers() {
        silent(2 * PATIENCE - 2, NOBODY_ANSWERS);
        silent(PATIENCE, LOST);
        assertThat(ended).isEmpty();
        silent(1, LOST);
        assertThat(ended).containsExactly("policy-service");
    }

    private void silent(int checks, Optional<List<String>> known) {
        silent(checks, known, Service.POLICY);
    }

    private void silent(int checks, Optional<List<String>> known, Service... services) {
        for (int check = 0; check < checks; check++) {
            now = now.plusMillis(1500);
            processes.check(List.of(services), () -> known);
        }
    }

    private void answering() {
        now = now.plusMillis(1500);
        processes.check(List.of(), () -> LOST);
    }
}
