package dev.tempo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

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
        List<PlannedFault> faults = FaultPlan.of(2 * KINDS, 3).faults();

        assertThat(faults.subList(0, KINDS)).extracting(PlannedFault::fault).doesNotHaveDuplicates();
        assertThat(faults.subList(KINDS, 2 * KINDS))
                .extracting(PlannedFault::fault)
                .doesNotHaveDuplicates();
    }

    @Test
    void partsAddUpToTheWhole() {
        FaultPlan whole = FaultPlan.of(100, 7);
        List<PlannedFault> parts = new ArrayList<>();
        for (int part = 1; part <= 3; part++) {
            parts.addAll(whole.part(part, 3).faults());
        }

        assertThat(parts).isEqualTo(whole.faults());
    }

    @Test
    void anotherSeedStandsForOtherFaults() {
        assertThat(FaultPlan.of(20, 1).faults()).isEqualTo(FaultPlan.of(20, 1).faults());
        assertThat(FaultPlan.of(20, 1).faults())
                .isNotEqualTo(FaultPlan.of(20, 2).faults());
    }

    @Test
    void nothingIsWrittenToABrokerThatIsBeingStartedOrStopped() {
        assertThat(FaultPlan.of(10 * KINDS, 5).faults())
                .filteredOn(planned -> planned.fault() instanceof Poison)
                .hasSizeGreaterThan(50)
                .extracting(PlannedFault::moment)
                .doesNotContain(Moment.STARTING, Moment.STOPPING, Moment.THE_END);
    }
}
