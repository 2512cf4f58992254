package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Answers in the forms that models write them in, each beside some that look like them and are something else. */
class AnswerFormsTest {
    private final MathVerifier verifier = new MathVerifier();

    /** A line break is written ⏎. */
    @ParameterizedTest
    @CsvFileSource(
            resources = {
                "forms/boxes.tsv",
                "forms/layout.tsv",
                "forms/sentences.tsv",
                "forms/remarks.tsv",
                "forms/times.tsv",
                "forms/names.tsv",
                "forms/units.tsv",
                "forms/counters.tsv",
                "forms/inequalities.tsv",
                "forms/solution-families.tsv",
                "forms/counting.tsv",
                "forms/determinants.tsv",
                "forms/congruences.tsv",
                "forms/statements.tsv",
                "forms/variants.tsv"
            },
            delimiter = '\t',
            quoteCharacter = '\u0000')
    void anAnswerCountsInEveryFormAndNothingElseDoes(String label, String reference, String response) {
        Verification verification = verifier.verify(reference, response.replace('⏎', '\n'));

        assertThat(verification.correct()).as(verification.reason()).isEqualTo(label.equals("equal"));
    }
}
