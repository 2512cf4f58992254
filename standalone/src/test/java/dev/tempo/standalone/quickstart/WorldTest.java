package dev.tempo.standalone.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldTest {
    private final World world = new World(0);

    @Test
    void aQuestionsAnswerIsTheOnlyNumberThatReachesItsTarget() {
        for (ChainQuestion question : world.unlabeled()) {
            int value = question.answer();
            for (Block block : question.blocks()) {
                value = block.apply(value);
            }
            assertThat(value).isEqualTo(question.target());
            for (int i = question.blocks().size() - 1; i >= 0; i--) {
                value = question.blocks().get(i).undo(value);
            }
            assertThat(value).isEqualTo(question.answer());
        }
    }

    @Test
    void theSetsHaveTheirSizesAndNoQuestionTwice() {
        assertThat(world.labeledTraining()).hasSize(300).doesNotHaveDuplicates();
        assertThat(world.labeledCalibration()).hasSize(600).doesNotHaveDuplicates();
        assertThat(world.unlabeled()).hasSize(128).doesNotHaveDuplicates();
        assertThat(world.holdout()).hasSize(128).doesNotHaveDuplicates().doesNotContainAnyElementsOf(world.unlabeled());
    }

    @Test
    void theCorpusNeverHoldsAQuestionThatIsMeasured() {
        Set<ChainQuestion> measured = new HashSet<>(world.unlabeled());
        measured.addAll(world.holdout());

        assertThat(world.corpus(20_000)).doesNotContainAnyElementsOf(measured);
    }

    @Test
    void unlabeledQuestionsAreLongerAndUseBlocksThatNoLabeledOneUses() {
        Set<Block> labeled = new HashSet<>();
        world.labeledTraining().forEach(question -> labeled.addAll(question.blocks()));
        world.labeledCalibration().forEach(question -> labeled.addAll(question.blocks()));

        assertThat(labeled).hasSize(15);
        assertThat(world.unlabeled())
                .allSatisfy(question -> assertThat(question.blocks()).hasSize(2))
                .allSatisfy(question ->
                        assertThat(labeled.containsAll(question.blocks())).isFalse());
    }

    @Test
    void theSameSeedIsTheSameWorldAndAnotherSeedAnother() {
        assertThat(new World(0).labeledTraining()).isEqualTo(world.labeledTraining());
        assertThat(new World(1).unlabeled()).isNotEqualTo(world.unlabeled());
    }

    @Test
    void aTraceChecksItsOwnGuessAndMarksWhatTheCalculatorWrote() {
        Teacher teacher = new Teacher(world);
        List<Trace> traces = world.unlabeled().stream().map(teacher::trace).toList();

        for (Trace trace : traces) {
            assertThat(trace.response())
                    .matches("[0-9a]{6}\\*[0-9a]{2}\\+[0-9a]{2}\\*[0-9a]{2}\\+[0-9a]{2}=[0-9a][YN]");
            assertThat(trace.calculated()).containsExactly(8, 11, 14, 17);
            String last = trace.response().substring(17, 18);
            String quoted = trace.response().substring(19, 20);
            assertThat(trace.response().endsWith("Y")).isEqualTo(last.equals(quoted));
        }
    }

    @Test
    void theTeacherIsRightAboutATenthOfTheTimeOnTwoBlocks() {
        Teacher teacher = new Teacher(world);
        int right = 0;
        int traces = 0;
        for (int repeat = 0; repeat < 40; repeat++) {
            for (ChainQuestion question : world.unlabeled()) {
                String response = teacher.trace(question).response();
                right += response.charAt(5) == Block.digit(question.answer()) ? 1 : 0;
                traces++;
            }
        }

        assertThat((double) right / traces).isBetween(.07, .25);
    }

    /** .68 x .40 + .26 x .20 + .04 x .04 of the guesses are right, in each world and for each kind of block. */
    @Test
    void everyWorldsTeacherKnowsAsMuch() {
        for (long seed = 0; seed < 4; seed++) {
            World any = new World(seed);
            Teacher teacher = new Teacher(any);
            for (List<Block> kind : any.usedBlocks()) {
                assertThat(shareOfRightGuesses(teacher, kind)).isCloseTo(.326, within(.013));
            }
        }
    }

    private static double shareOfRightGuesses(Teacher teacher, List<Block> blocks) {
        int right = 0;
        int guesses = 0;
        for (Block block : blocks) {
            for (int answer = 0; answer < Block.MODULUS; answer++) {
                ChainQuestion question = ChainQuestion.of(List.of(block), answer);
                for (int repeat = 0; repeat < 300; repeat++) {
                    right += teacher.trace(question).response().charAt(2) == Block.digit(answer) ? 1 : 0;
                    guesses++;
                }
            }
        }
        return (double) right / guesses;
    }
}
