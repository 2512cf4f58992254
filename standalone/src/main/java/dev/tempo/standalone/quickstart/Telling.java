package dev.tempo.standalone.quickstart;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How problems are told as questions, and in which words their answers stand in the box. */
enum Telling {
    /** In one English sentence; all ask for the number. */
    NUMBERS(List.of(Wording.RESULT_ASIDE), null),
    /** In one of three English wordings; half list the eleven numbers behind letters, in an order of their own, and ask for the letter. */
    SEVERAL(List.of(Wording.RESULT_ASIDE, Wording.IMPERATIVE, Wording.RESULT_FIRST), "Answer with the letter."),
    /** In German, half of them as multiple choice. */
    GERMAN(List.of(Wording.GERMAN), "Antworte mit dem Buchstaben.");

    /** The domain of questions that list options, for whose letters a recipe names another judge. */
    static final String CHOICE = "choice";

    private static final String LETTERS = "ABCDEFGHIJK";

    private final List<Wording> wordings;
    /** Asks for a letter; null where no question lists options. */
    private final @Nullable String choose;

    Telling(List<Wording> wordings, @Nullable String choose) {
        this.wordings = wordings;
        this.choose = choose;
    }

    /** The question's text. Its wording, whether it lists options and in which order follow from the problem alone. */
    String question(ChainQuestion question) {
        String asked = wordings.size() == 1
                ? wordings.get(0).told(question)
                : draws("wording", question).oneOf(wordings).told(question);
        if (!listsOptions(question)) {
            return asked;
        }
        List<Integer> options = options(question);
        return IntStream.range(0, options.size())
                .mapToObj(option -> LETTERS.charAt(option) + ". " + options.get(option))
                .collect(Collectors.joining("\n", asked + "\n", "\n" + choose));
    }

    /** What stands in the box of a response that answers with this number. */
    String boxed(ChainQuestion question, int answer) {
        return listsOptions(question)
                ? Character.toString(LETTERS.charAt(options(question).indexOf(answer)))
                : Integer.toString(answer);
    }

    /** The question's domain in data files; null where all questions are of one. */
    @Nullable
    String domain(ChainQuestion question) {
        if (choose == null) {
            return null;
        }
        return listsOptions(question) ? CHOICE : "number";
    }

    private boolean listsOptions(ChainQuestion question) {
        return choose != null && draws("form", question).uniform() < .5;
    }

    private static List<Integer> options(ChainQuestion question) {
        List<Integer> numbers = IntStream.range(0, Block.MODULUS).boxed().toList();
        return draws("options", question).shuffled(numbers);
    }

    private static Draws draws(String purpose, ChainQuestion question) {
        return new Draws(0, CHOICE, purpose, question.text());
    }
}
