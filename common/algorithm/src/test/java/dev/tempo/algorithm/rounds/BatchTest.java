package dev.tempo.algorithm.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.algorithm.rounds.BatchAssembler.Acceptance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchTest {
    @Test
    void anEpochDrawsEachQuestionAtMostOnce() {
        QuestionDraw draw = new QuestionDraw(0, "unlabeled", 10, 3);
        Set<Integer> drawn = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            assertThat(draw.draw(round)).hasSize(3);
            Arrays.stream(draw.draw(round)).forEach(drawn::add);
        }
        assertThat(drawn).hasSize(9).allMatch(question -> question >= 0 && question < 10);
    }

    @Test
    void theNextEpochIsShuffledAfresh() {
        QuestionDraw draw = new QuestionDraw(0, "unlabeled", 128, 128);
        assertThat(draw.draw(0)).isNotEqualTo(draw.draw(1)).containsExactlyInAnyOrder(draw.draw(1));
    }

    @Test
    void drawsDependOnSeedPurposeAndRoundAlone() {
        QuestionDraw draw = new QuestionDraw(5, "labeled", 300, 64);
        assertThat(draw.draw(9)).isEqualTo(new QuestionDraw(5, "labeled", 300, 64).draw(9));
        assertThat(draw.draw(9)).isNotEqualTo(new QuestionDraw(6, "labeled", 300, 64).draw(9));
        assertThat(draw.draw(9)).isNotEqualTo(new QuestionDraw(5, "warm-up", 300, 64).draw(9));
    }

    @Test
    void askingForMoreQuestionsThanThereAreNamesBothNumbers() {
        assertThatThrownBy(() -> new QuestionDraw(0, "labeled", 9, 16))
                .hasMessage("a round asks for 16 questions, but there are only 9");
        assertThatThrownBy(() -> new QuestionDraw(0, "labeled", 9, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new QuestionDraw(0, "labeled", 9, 3).draw(-1)).hasMessageContaining("-1");
    }

    @Test
    void aBatchClosesWhenEverySampleIsThereAndIsSortedByItsIds() {
        BatchAssembler<String> assembler = BatchAssembler.of(List.of("q2", "q1"), 2);
        assertThat(assembler.add("q2", 1, "d")).isEqualTo(Acceptance.NEW);
        assertThat(assembler.add("q1", 0, "a")).isEqualTo(Acceptance.NEW);
        assertThat(assembler.add("q2", 0, "c")).isEqualTo(Acceptance.NEW);
        assertThat(assembler.isClosed()).isFalse();
        assertThat(assembler.missingIds()).containsExactly(new SampleId("q1", 1));
        assertThatThrownBy(assembler::batch).hasMessage("the batch is not closed: 1 of 4 records are missing");
        assembler.add("q1", 1, "b");
        assertThat(assembler.isClosed()).isTrue();
        assertThat(assembler.batch()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void theFirstRecordOfAnIdStays() {
        BatchAssembler<String> assembler = BatchAssembler.of(List.of("q"), 1);
        assembler.add("q", 0, "first");
        assertThat(assembler.add("q", 0, "again")).isEqualTo(Acceptance.DUPLICATE);
        assertThat(assembler.batch()).containsExactly("first");
    }

    @Test
    void whatTheRoundDoesNotAwaitIsRefused() {
        BatchAssembler<String> assembler = BatchAssembler.of(List.of("q"), 2);
        assertThat(assembler.add("other", 0, "x")).isEqualTo(Acceptance.UNEXPECTED);
        assertThat(assembler.add("q", 2, "x")).isEqualTo(Acceptance.UNEXPECTED);
        assertThat(assembler.size()).isZero();
    }

    @Test
    void aServiceThatKnowsOnlyTheNumbersTakesTheQuestionsThatCome() {
        BatchAssembler<String> assembler = BatchAssembler.ofAny(2, 1);
        assertThat(assembler.add("z", 0, "z")).isEqualTo(Acceptance.NEW);
        assertThat(assembler.add("a", 0, "a")).isEqualTo(Acceptance.NEW);
        assertThat(assembler.add("b", 0, "b")).isEqualTo(Acceptance.UNEXPECTED);
        assertThat(assembler.batch()).containsExactly("a", "z");
    }

    @Test
    void aRecordOfAQuestionThatWasNotDrawnTakesNoPlaceInTheBatch() {
        BatchAssembler<String> assembler = BatchAssembler.ofAny(2, 2);
        assembler.add("a", 0, "a0");
        assertThat(assembler.add("invented", 0, "x")).isEqualTo(Acceptance.NEW);
        assembler.add("b", 0, "b0");
        assembler.add("b", 1, "b1");
        assertThat(assembler.isClosed()).isFalse();
        assertThat(assembler.missing()).isEqualTo(1);

        assertThat(assembler.add("a", 1, "a1")).isEqualTo(Acceptance.NEW);

        assertThat(assembler.isClosed()).isTrue();
        assertThat(assembler.missing()).isZero();
        assertThat(assembler.incompleteQuestions()).containsExactly("invented");
        assertThat(assembler.batch()).containsExactly("a0", "a1", "b0", "b1");
        assertThat(assembler.add("late", 0, "x")).isEqualTo(Acceptance.UNEXPECTED);
        assertThat(assembler.add("a", 1, "again")).isEqualTo(Acceptance.DUPLICATE);
    }

    @Test
    void batchesOfNothingOrOfEqualQuestionsAreRejected() {
        assertThatThrownBy(() -> BatchAssembler.of(List.of("q", "q"), 1)).hasMessageContaining("only 1 do");
        assertThatThrownBy(() -> BatchAssembler.ofAny(0, 4)).hasMessageContaining("0 questions");
    }

    @Test
    void theOrderOfArrivalDoesNotShowInTheMiniBatches() {
        List<List<String>> forwards = miniBatches(IntStream.range(0, 8).boxed().toList());
        List<List<String>> backwards = miniBatches(List.of(7, 6, 5, 4, 3, 2, 1, 0));
        assertThat(forwards).isEqualTo(backwards);
    }

    @Test
    void miniBatchesHoldEveryRowOnceAndTheLastOneWhatIsLeft() {
        List<Integer> rows = IntStream.range(0, 10).boxed().toList();
        List<List<Integer>> parts = MiniBatches.of(rows, 4, 0, "policy", 3, 0);
        assertThat(parts).extracting(List::size).containsExactly(4, 4, 2);
        List<Integer> all = new ArrayList<>();
        parts.forEach(all::addAll);
        assertThat(all).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(parts).isNotEqualTo(MiniBatches.of(rows, 4, 0, "policy", 3, 1));
        assertThat(parts).isNotEqualTo(MiniBatches.of(rows, 4, 0, "policy", 4, 0));
        assertThatThrownBy(() -> MiniBatches.of(rows, 0, 0, "policy", 3, 0)).hasMessageContaining("size is 0");
    }

    private static List<List<String>> miniBatches(List<Integer> arrivals) {
        BatchAssembler<String> assembler = BatchAssembler.of(List.of("q0", "q1"), 4);
        for (int arrival : arrivals) {
            assembler.add("q" + arrival / 4, arrival % 4, "row " + arrival);
        }
        return MiniBatches.of(assembler.batch(), 3, 11, "critic", 2, 1);
    }
}
