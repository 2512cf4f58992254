package dev.tempo.standalone.judging;

import static dev.tempo.plugin.Outcome.CORRECT;
import static dev.tempo.plugin.Outcome.UNDECIDED;
import static dev.tempo.plugin.Outcome.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.plugin.Outcome;
import org.junit.jupiter.api.Test;

class JudgeAgreementTest {
    private final JudgeAgreement agreement = new JudgeAgreement();

    /** The textbook's example: 20 and 15 the same of 50, chance .3 + .2; kappa (.7 - .5) / (1 - .5) = .4. */
    @Test
    void kappaIsCohens() {
        add(20, CORRECT, CORRECT);
        add(5, CORRECT, WRONG);
        add(10, WRONG, CORRECT);
        add(15, WRONG, WRONG);

        assertThat(agreement.cases()).isEqualTo(50);
        assertThat(agreement.share()).isEqualTo(.7);
        assertThat(agreement.kappa()).isCloseTo(.4, within(1e-12));
        assertThat(agreement.table().get("wrong")).containsEntry("correct", 10).containsEntry("undecided", 0);
    }

    /** Rows .5, .25, .25 and columns .5, .5, 0: chance .375, observed .75; kappa .375 / .625. */
    @Test
    void undecidedIsAnOutcomeLikeTheOthers() {
        add(2, CORRECT, CORRECT);
        add(1, WRONG, WRONG);
        add(1, UNDECIDED, WRONG);

        assertThat(agreement.kappa()).isCloseTo(.6, within(1e-12));
    }

    @Test
    void whereChanceAloneAgreesKappaIsNotDefined() {
        assertThat(agreement.kappa()).isNaN();
        add(3, CORRECT, CORRECT);
        assertThat(agreement.share()).isEqualTo(1);
        assertThat(agreement.kappa()).isNaN();
    }

    private void add(int times, Outcome first, Outcome second) {
        for (int i = 0; i < times; i++) {
            agreement.add(first, second);
        }
    }
}
