package dev.tempo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.UserException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final int KINDS = FaultKinds.ALL.size();

    @Test
    void noTwoKindsHaveTheSameWords() {
        assertThat(FaultKinds.ALL)
                .hasSizeGreaterThan(35)
                .extracting(Fault::words)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyKindComesOnceBeforeAnyComesAgain() {
        List<PlannedFault> faults =
                FaultPlan.of(FaultDeck.whole(), 2 * KINDS, 3, 1).faults();

        assertThat(faults.subList(0, KINDS)).extracting(PlannedFault::fault).doesNotHaveDuplicates();
        assertThat(faults.subList(KINDS, 2 * KINDS))
                .extracting(PlannedFault::fault)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatMayStopARunIsNamedKindByKind() {
        assertThat(FaultKinds.ALL)
                .filteredOn(fault -> !fault.mayStopTheRun())
                .extracting(Fault::family)
                .containsOnly("kill -9", "freeze", "poison", "damaged file");
        assertThat(FaultKinds.ALL)
                .filteredOn(fault -> fault.mayStopTheRun() && fault.family().matches("kill -9|freeze|poison"))
                .extracting(Fault::words)
                .containsExactly("kill -9 the launcher", "kill -9 everything");
        assertThat(FaultKinds.ALL)
                .filteredOn(fault -> !fault.mayStopTheRun() && fault.family().equals("damaged file"))
                .extracting(Fault::words)
                .containsExactly("damage a cached stage");
    }

    @Test
    void onlyFaultsOfOneTimeThatMayOrMayNotStopTheRunGoTogether() {
        Fault kill = FaultDeck.of("kill -9 kafka").kinds().get(0);
        Fault freeze = FaultDeck.of("freeze everything").kinds().get(0);
        Fault launcher = FaultDeck.of("kill -9 the launcher").kinds().get(0);
        Fault poison = FaultDeck.of("poison: garbage").kinds().get(0);
        Fault disk = FaultDeck.of("the run's disk is full").kinds().get(0);
        Fault file = FaultDeck.of("damage run.json").kinds().get(0);

        assertThat(kill.goesWith(freeze)).isTrue();
        assertThat(launcher.goesWith(disk)).isTrue();
        assertThat(kill.goesWith(disk)).isFalse();
        assertThat(launcher.goesWith(kill)).isFalse();
        assertThat(kill.goesWith(poison)).isFalse();
        assertThat(file.goesWith(disk)).isFalse();
    }

    @Test
    void aDeckOfSeveralWordsHasTheKindsOfEach() {
        assertThat(FaultDeck.of("poison", "kafka", "poison: null").kinds())
                .extracting(Fault::words)
                .contains("kill -9 kafka", "freeze kafka", "poison: null", "poison: garbage")
                .doesNotHaveDuplicates()
                .doesNotContain("kill -9 everything");
        assertThatThrownBy(() -> FaultDeck.of("poison", "bogus"))
                .hasMessageStartingWith("there is no kind of fault called bogus; there are kill -9 ");
    }

    @Test
    void ofEachKindOnceThoseThatMayStopTheRunComeLast() {
        assertThat(FaultPlan.eachKindOnce(FaultDeck.whole(), 1, 6).faults())
                .hasSize(KINDS)
                .extracting(planned -> planned.fault().mayStopTheRun())
                .isSorted();
    }

    @Test
    void partsAddUpToTheWhole() {
        FaultPlan whole = FaultPlan.of(FaultDeck.whole(), 100, 7, 1);
        List<PlannedFault> parts = new ArrayList<>();
        for (int part = 1; part <= 3; part++) {
            parts.addAll(whole.part(part, 3).faults());
        }

        assertThat(parts).isEqualTo(whole.faults());
    }

    @Test
    void anotherSeedStandsForOtherFaults() {
        assertThat(FaultPlan.of(FaultDeck.whole(), 20, 1, 1).faults())
                .isEqualTo(FaultPlan.of(FaultDeck.whole(), 20, 1, 1).faults());
        assertThat(FaultPlan.of(FaultDeck.whole(), 20, 1, 1).faults())
                .isNotEqualTo(FaultPlan.of(FaultDeck.whole(), 20, 2, 1).faults());
    }

    @Test
    void nothingIsWrittenToABrokerThatIsBeingStartedOrStopped() {
        assertThat(FaultPlan.of(FaultDeck.whole(), 10 * KINDS, 5, 1).faults())
                .filteredOn(planned -> planned.fault() instanceof Poison)
                .hasSizeGreaterThan(50)
                .extracting(PlannedFault::moment)
                .doesNotContain(Moment.STARTING, Moment.STOPPING, Moment.THE_END);
    }

    @Test
    void kindsAreChosenByWordsOfTheirNameOrFamily() {
        assertThat(FaultPlan.of(FaultDeck.of("Poison"), 30, 1, 1).faults())
                .extracting(planned -> planned.fault().family())
                .containsOnly("poison");
        assertThat(FaultDeck.of("kill -9 kafka").kinds()).hasSize(1);
        assertThatThrownBy(() -> FaultDeck.of("earthquake"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("no kind of fault called earthquake")
                .hasMessageContaining("kill -9 kafka");
    }
}
