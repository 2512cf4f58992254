package dev.tempo.standalone.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.rule.BoxedJudge;
import dev.tempo.judging.rule.ChoiceJudge;
import dev.tempo.judging.rule.RulesJudge;
import dev.tempo.plugin.Judge;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnglishLanguageTest {
    private static final ChainQuestion QUESTION = ChainQuestion.of(List.of(new Block(3, 5), new Block(2, 7)), 9);
    private static final WorkedQuestion WRONG = new WorkedQuestion(
            QUESTION,
            List.of(8, 1),
            List.of(new WorkedQuestion.Step(3, 3, 5, 8), new WorkedQuestion.Step(2, 5, 7, 1)),
            QUESTION.target());

    private final EnglishLanguage language =
            new EnglishLanguage(Telling.NUMBERS, text -> text.chars().toArray(), UnaryOperator.identity());
    private final EnglishLanguage choices =
            new EnglishLanguage(Telling.SEVERAL, text -> text.chars().toArray(), UnaryOperator.identity());

    @Test
    void aQuestionIsToldInEnglish() {
        assertThat(language.question(QUESTION))
                .isEqualTo(
                        "A number is multiplied by 3 and 5 is added, then the result is multiplied by 2 and 7 is added."
                                + " Modulo 11 this gives 5. Which number was it?");
        assertThat(language.answer(QUESTION)).isEqualTo("9");
    }

    @Test
    void aResponseThinksAnswersAndChecks() {
        assertThat(language.trace(WRONG).response())
                .isEqualTo("Undo times 2 plus 7: 8. Undo times 3 plus 5: 1.\n</think>\n\nThe answer is \\boxed{1}."
                        + " Check: 1 * 3 = 3, + 5 = 8, * 2 = 5, + 7 = 1. Wanted 5: wrong.");
    }

    @Test
    void theEnvironmentWritesTheCheckedNumberAndEveryResult() {
        Trace trace = language.trace(WRONG);

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
            WorkedQuestion worked = teacher.work(question);
            String response = language.trace(worked).response();

            assertThat(rules.answer(response, true)).isEqualTo(Integer.toString(worked.answer()));
            assertThat(new BoxedJudge().answer(response, true)).isEqualTo(Integer.toString(worked.answer()));
            assertThat(rules.judge(language.question(question), language.answer(question), response, true)
                            .reward())
                    .isEqualTo(worked.answer() == question.answer() ? 1 : 0);
        }
    }

    @Test
    void aChoiceListsEveryNumberBehindALetterAndIsAnsweredByOne() {
        ChainQuestion question = new World(3)
                .unlabeled().stream()
                        .filter(asked -> Telling.CHOICE.equals(choices.domain(asked)))
                        .findFirst()
                        .orElseThrow();
        String text = choices.question(question);
        List<String> lines = text.lines().toList();

        assertThat(lines).hasSize(13);
        assertThat(lines.get(0)).matches("(A number is|Take a number|Modulo 11 we get).*");
        assertThat(lines.subList(1, 12))
                .extracting(line -> line.substring(0, 3))
                .containsExactly("A. ", "B. ", "C. ", "D. ", "E. ", "F. ", "G. ", "H. ", "I. ", "J. ", "K. ");
        assertThat(lines.subList(1, 12))
                .extracting(line -> Integer.parseInt(line.substring(3)))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(lines).contains(choices.answer(question) + ". " + question.answer());
        assertThat(lines.get(12)).isEqualTo("Answer with the letter.");
    }

    @Test
    void aProblemIsToldInOneOfThreeWordingsOrInGerman() {
        assertThat(Wording.IMPERATIVE.told(QUESTION))
                .isEqualTo("Take a number, multiply it by 3, then add 5, multiply it by 2, then add 7."
                        + " What is left modulo 11 is 5. Find the number.");
        assertThat(Wording.RESULT_FIRST.told(QUESTION))
                .isEqualTo("Modulo 11 we get 5 from a number times 3 plus 5, all of that times 2 plus 7."
                        + " What was the number?");
        assertThat(Telling.GERMAN.question(QUESTION))
                .startsWith(
                        "Eine Zahl wird mit 3 multipliziert und 5 addiert, dann wird das Ergebnis mit 2 multipliziert"
                                + " und 7 addiert. Modulo 11 ergibt das 5. Welche Zahl war es?");

        assertThat(new World(3).unlabeled())
                .extracting(asked -> Telling.SEVERAL.question(asked).substring(0, 10))
                .contains("A number i", "Take a num", "Modulo 11 ")
                .doesNotContain("Eine Zahl ");
        assertThat(new World(3).holdout()).allSatisfy(asked -> {
            assertThat(Telling.GERMAN.question(asked)).startsWith("Eine Zahl wird");
            assertThat(Telling.GERMAN.boxed(asked, 7))
                    .as("whether it lists options, and which, is the problem's, in any language")
                    .isEqualTo(Telling.SEVERAL.boxed(asked, 7));
        });
    }

    /** Each kind is read by its own judge as it was meant, the letter among the question's options. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NUMBERS")
    void theJudgeOfTheDomainReadsTheAnswerThatWasMeant(Telling telling) {
        EnglishLanguage choices =
                new EnglishLanguage(telling, text -> text.chars().toArray(), UnaryOperator.identity());
        World world = new World(3);
        Teacher teacher = new Teacher(world);
        ChoiceJudge choice = new ChoiceJudge();
        RulesJudge rules = new RulesJudge();
        int letters = 0;
        for (ChainQuestion question : world.unlabeled()) {
            boolean lists = Telling.CHOICE.equals(choices.domain(question));
            WorkedQuestion worked = teacher.work(question);
            Judge judge = lists ? choice : rules;
            letters += lists ? 1 : 0;

            assertThat(judge.judge(
                                    choices.question(question),
                                    choices.answer(question),
                                    choices.trace(worked).response(),
                                    true)
                            .reward())
                    .isEqualTo(worked.answer() == question.answer() ? 1 : 0);
        }
        assertThat(letters).as("of 128").isBetween(40, 88);
    }

    /** Both languages tell of the same worked questions, number by number. */
    @Test
    void wordsAndSignsTellTheSame() {
        Teacher words = new Teacher(new World(0));
        Teacher signs = new Teacher(new World(0));
        for (ChainQuestion question : new World(0).holdout()) {
            Trace trace = signs.trace(question);
            String numbers = language.trace(words.work(question))
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
