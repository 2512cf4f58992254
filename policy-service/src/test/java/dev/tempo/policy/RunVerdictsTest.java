package dev.tempo.policy;

import static dev.tempo.contract.PromotionOutcome.PROMOTED;
import static dev.tempo.contract.PromotionOutcome.UNDECIDED;
import static dev.tempo.contract.PromotionOutcome.WORSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PromotionOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunVerdictsTest {
    @Test
    void trainingGoesBackToTheVersionPromotedLastAfterSoManyThatWereWorse() {
        RunVerdicts verdicts = verdicts(PROMOTED, WORSE, PROMOTED, WORSE, WORSE, WORSE);
        assertThat(verdicts.back(2, 0, 2)).isEmpty();
        assertThat(verdicts.back(4, 0, 2)).isEmpty();
        assertThat(verdicts.back(5, 0, 2)).contains(3);
        assertThat(verdicts.back(6, 0, 2)).as("counted anew").isEmpty();
        assertThat(verdicts.back(6, 0, 3)).contains(3);
        assertThat(verdicts.back(2, 0, 1)).contains(1);
    }

    @Test
    void itGoesBackAgainAfterAsManyMore() {
        RunVerdicts verdicts = verdicts(WORSE, WORSE, WORSE, WORSE, WORSE);
        assertThat(verdicts.back(2, 0, 2)).contains(0);
        assertThat(verdicts.back(3, 0, 2)).isEmpty();
        assertThat(verdicts.back(4, 0, 2)).contains(0);
        assertThat(verdicts.back(5, 0, 2)).isEmpty();
        assertThat(verdicts.back(3, 0, 1)).contains(0);
    }

    @Test
    void aVersionOfWhichNothingIsSureIsNoFailureAndEndsNoRowOfThem() {
        RunVerdicts verdicts = verdicts(UNDECIDED, WORSE, UNDECIDED, WORSE);
        assertThat(verdicts.back(1, 0, 1)).isEmpty();
        assertThat(verdicts.back(3, 0, 2)).isEmpty();
        assertThat(verdicts.back(3, 0, 1)).isEmpty();
        assertThat(verdicts.back(4, 0, 2)).contains(0);
    }

    @Test
    void theVersionThatTheRunBeginsWithIsPromotedBeforeAnyTrial() {
        assertThat(verdicts(WORSE).back(1, 0, 1)).contains(0);
        RunVerdicts cut = new RunVerdicts();
        cut.on(new TrialVerdict("run", 0, 30, PROMOTED, false));
        cut.on(new TrialVerdict("run", 1, 31, WORSE, false));
        assertThat(cut.back(31, 30, 1)).contains(30);
    }

    @Test
    void whatAVersionCameToDependsOnNoLaterOne() {
        RunVerdicts verdicts = verdicts(WORSE, WORSE, PROMOTED);
        assertThat(verdicts.back(2, 0, 2)).contains(0);
        assertThat(verdicts.back(7, 0, 2)).as("not tried").isEmpty();
    }

    @Test
    void recordsCountInTheirOrderThoughTheyComeInAnotherAndTwice() {
        List<TrialVerdict> records = records(PROMOTED, WORSE, WORSE);
        RunVerdicts verdicts = new RunVerdicts();
        List<TrialVerdict> last = new ArrayList<>(records);
        Collections.reverse(last);
        last.subList(0, 3).forEach(verdicts::on);
        assertThat(verdicts.of(3)).as("a record before it is missing").isEmpty();
        records.forEach(verdicts::on);
        records.forEach(verdicts::on);
        assertThat(verdicts.of(3)).contains(WORSE);
        assertThat(verdicts.back(3, 0, 2)).contains(1);
    }

    @Test
    void aHandsWordIsLeftOut() {
        RunVerdicts verdicts = new RunVerdicts();
        verdicts.on(new TrialVerdict("run", 0, 0, PROMOTED, false));
        verdicts.on(new TrialVerdict("run", 1, 1, WORSE, false));
        verdicts.on(new TrialVerdict("run", 2, 1, PROMOTED, true));
        verdicts.on(new TrialVerdict("run", 3, 2, WORSE, false));
        assertThat(verdicts.of(1)).contains(WORSE);
        assertThat(verdicts.back(2, 0, 2)).contains(0);
    }

    /** The first record is of version 0, promoted as it is; those of versions 1, 2 and so on follow. */
    private static RunVerdicts verdicts(PromotionOutcome... outcomes) {
        RunVerdicts verdicts = new RunVerdicts();
        records(outcomes).forEach(verdicts::on);
        return verdicts;
    }

    private static List<TrialVerdict> records(PromotionOutcome... outcomes) {
        List<TrialVerdict> records = new ArrayList<>(List.of(new TrialVerdict("run", 0, 0, PROMOTED, false)));
        for (PromotionOutcome outcome : outcomes) {
            records.add(new TrialVerdict("run", records.size(), records.size(), outcome, false));
        }
        return records;
    }
}
