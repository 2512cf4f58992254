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
