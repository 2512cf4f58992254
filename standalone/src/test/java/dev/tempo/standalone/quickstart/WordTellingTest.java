package dev.tempo.standalone.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.rule.RulesJudge;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WordTellingTest {
    private static final ChainQuestion QUESTION = ChainQuestion.of(List.of(new Block(3, 5), new Block(2, 7)), 9);
    private static final Working WRONG = new Working(
            QUESTION,
            List.of(8, 1),
            List.of(new Working.Step(3, 3, 5, 8), new Working.Step(2, 5, 7, 1)),
            QUESTION.target());

    private final WordTelling telling = new WordTelling(text -> text.chars().toArray(), UnaryOperator.identity());

    @Test
    void aQuestionIsToldInEnglish() {
        assertThat(telling.question(QUESTION))
                .isEqualTo(
                        "A number is multiplied by 3 and 5 is added, then the result is multiplied by 2 and 7 is added."
                                + " Modulo 11 this gives 5. Which number was it?");
        assertThat(telling.answer(QUESTION)).isEqualTo("9");
    }

    @Test
    void aResponseThinksAnswersAndChecks() {
        assertThat(telling.trace(WRONG).response())
                .isEqualTo("Undo times 2 plus 7: 8. Undo times 3 plus 5: 1.\n</think>\n\nThe answer is \\boxed{1}."
                        + " Check: 1 * 3 = 3, + 5 = 8, * 2 = 5, + 7 = 1. Wanted 5: wrong.");
    }

    @Test
    void theEnvironmentWritesTheCheckedNumberAndEveryResult() {
        Trace trace = telling.trace(WRONG);

        StringBuilder written = new StringBuilder();
        trace.calculated().forEach(position -> written.append(trace.response().charAt(position)));
        assertThat(written).hasToString(" 1 3 8 5 1");
    }

    @Test
    void theRulesReadTheAnswerThatWasMeant() {
        World world = new World(3);
        Teacher teacher = new Teacher(world);
        RulesJudge rules = new RulesJudge();
        for (ChainQuestion question : world.unlabeled()) {
            Working working = teacher.work(question);
            String response = telling.trace(working).response();

            assertThat(rules.answer(response, true)).isEqualTo(Integer.toString(working.answer()));
            assertThat(rules.judge(telling.question(question), telling.answer(question), response, true)
                            .reward())
                    .isEqualTo(working.answer() == question.answer() ? 1 : 0);
        }
    }

    /** Both languages tell of the same workings, number by number. */
    @Test
    void wordsAndSignsTellTheSame() {
        Teacher words = new Teacher(new World(0));
        Teacher signs = new Teacher(new World(0));
        for (ChainQuestion question : new World(0).holdout()) {
            Trace trace = signs.trace(question);
            String numbers = telling.trace(words.work(question))
                    .response()
                    .replaceAll("boxed.*Check: \\d+", "")
                    .replaceAll("Undo|times|plus|think|The answer is|Wanted", "")
                    .replace("10", "a")
                    .replace("right", "Y")
                    .replace("wrong", "N")
                    .replaceAll("[^0-9aYN]", "");
            assertThat(numbers).isEqualTo(trace.response().replaceAll("[^0-9aYN]", ""));
        }
    }
}
