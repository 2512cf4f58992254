package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.algorithm.rounds.BatchAssembler.Acceptance;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.ValuedTrajectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenRoundTest {
    private final OpenRound round = new OpenRound(Recipes.tempo(4, Recipes.policy(0, true)), 0);

    private static final Optional<Set<String>> DRAWN = Optional.of(Set.of("q0", "q1", "q2"));

    @Test
    void aQuestionThatWasNotDrawnTakesNoOthersPlaceThoughAllOfItIsHere() {
        for (int i = 0; i < 4; i++) {
            round.add(row(Purpose.UNLABELED, i < 2 ? "q0" : "foreign", i % 2), 0, i);
            round.add(row(Purpose.UNLABELED, "q2", i % 2), 0, 4 + i);
        }
        for (int i = 0; i < 6; i++) {
            round.add(row(Purpose.LABELED, "l" + i / 3, i % 3), 0, 10 + i);
        }
        assertThat(round.isClosed()).as("nobody has said what was drawn").isFalse();
        round.draws(Optional::empty);
        round.draws(() -> DRAWN);
        assertThat(round.isClosed()).isFalse();
        assertThat(round.missing()).isEqualTo(Map.of(Purpose.UNLABELED, 2));
        assertThat(round.add(row(Purpose.UNLABELED, "foreign", 0), 0, 20)).isEqualTo(Acceptance.UNEXPECTED);
        for (int sample = 0; sample < 2; sample++) {
            round.add(row(Purpose.UNLABELED, "q1", sample), 0, 30);
        }
        assertThat(round.isClosed()).isTrue();
        assertThat(round.rows())
                .extracting(row -> row.trajectory().id().request().question())
                .contains("q0", "q1", "q2")
                .doesNotContain("foreign");
    }

    @Test
    void theFirstRecordOfAnIdStays() {
        ValuedTrajectory first = row(Purpose.UNLABELED, "q0", 0);
        assertThat(round.add(first, 0, 7)).isEqualTo(Acceptance.NEW);
        assertThat(round.add(Rows.failed(first.trajectory().id()), 0, 3)).isEqualTo(Acceptance.DUPLICATE);
        assertThat(round.lowestOffsets()).isEqualTo(Map.of(0, 7L));
    }

    @Test
    void rowsThatNobodyAwaitsAreLeftOut() {
        assertThat(round.add(row(Purpose.WARM_UP, "q0", 0), 0, 0)).isEqualTo(Acceptance.UNEXPECTED);
        assertThat(round.add(row(Purpose.UNLABELED, "q0", 2), 0, 0)).isEqualTo(Acceptance.UNEXPECTED);
        assertThat(round.missing()).isEqualTo(Map.of(Purpose.UNLABELED, 6, Purpose.LABELED, 6));
        OpenRound without = new OpenRound(Recipes.tempo(4, Recipes.policy(0, true)), 1);
        assertThat(without.add(row(Purpose.LABELED, "q0", 0), 0, 0)).isEqualTo(Acceptance.UNEXPECTED);
    }

    @Test
    void rowsComeOutLabeledFirstAndSortedWhateverOrderTheyCameIn() {
        for (int i = 5; i >= 0; i--) {
            round.add(row(Purpose.UNLABELED, "q" + i / 2, i % 2), 0, 10 - i);
            round.add(row(Purpose.LABELED, "l" + i / 3, i % 3), 0, 20 - i);
        }
        round.draws(() -> DRAWN);
        assertThat(round.isClosed()).isTrue();
        List<String> ids = round.rows().stream()
                .map(row -> row.trajectory().id().toString())
                .toList();
        assertThat(ids)
                .containsExactly(
                        "a/0/labeled/l0#0",
                        "a/0/labeled/l0#1",
                        "a/0/labeled/l0#2",
                        "a/0/labeled/l1#0",
                        "a/0/labeled/l1#1",
                        "a/0/labeled/l1#2",
                        "a/0/unlabeled/q0#0",
                        "a/0/unlabeled/q0#1",
                        "a/0/unlabeled/q1#0",
                        "a/0/unlabeled/q1#1",
                        "a/0/unlabeled/q2#0",
                        "a/0/unlabeled/q2#1");
    }

    private static ValuedTrajectory row(Purpose purpose, String question, int sample) {
        return Rows.valued(Rows.id("a", 0, purpose, question, sample));
    }
}
