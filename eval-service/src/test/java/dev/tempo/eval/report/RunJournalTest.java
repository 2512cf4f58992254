package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunJournalTest {
    private final RunJournal journal = new RunJournal("r", Measured.QUICKSTART);

    @Test
    void theClosingTableShowsTheBaseAndTheEndOfEachStage() {
        assertThat(journal.milestones()).containsExactly(0, 30, 130);
    }

    @Test
    void onlyTheFirstWordOfItsOwnRunIsNews() {
        assertThat(journal.add(Measured.policy("r", 1))).isTrue();
        assertThat(journal.add(Measured.policy("r", 1))).isFalse();
        assertThat(journal.add(Measured.policy("other", 2))).isFalse();
        assertThat(journal.add(Measured.critic("other", 2))).isFalse();
        assertThat(journal.add(Measured.report("other", 0, .1, null))).isFalse();

        assertThat(journal.policies()).hasSize(1);
        assertThat(journal.latestCritic()).isEmpty();
        assertThat(journal.reports()).isEmpty();
    }

    @Test
    void whatIsSaidLaterOfAVersionChangesNothing() {
        journal.add(Measured.report("r", 10, .5, null));

        assertThat(journal.add(Measured.report("r", 10, .9, null))).isFalse();

        assertThat(journal.reports().get(0).sets())
                .filteredOn(set -> set.set().equals("unlabeled"))
                .extracting(set -> set.avg().value())
                .containsExactly(.5);
    }

    @Test
    void aRunIsCompleteWithItsLastVersionAndEveryMeasurementFromItsStartOn() {
        for (int version = 30; version <= 130; version += 10) {
            journal.add(Measured.report("r", version, .5, null));
        }
        assertThat(journal.isComplete(30)).as("without its last version").isFalse();

        journal.add(Measured.policy("r", 130));

        assertThat(journal.isComplete(30)).isTrue();
        assertThat(journal.isComplete(0)).as("without the base's measurement").isFalse();
    }
}
