package dev.tempo.standalone.quickstart;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How questions are told in English and in which words their answers stand in the box. */
enum EnglishTelling {
    /** All of them ask for the number. */
    NUMBERS,
    /** Half of them list the eleven numbers behind letters, in an order of their own, and ask for the letter. */
    HALF_CHOICES;

    /** The domain of questions that list options, for whose letters a recipe names another judge. */
    static final String CHOICE = "choice";

    private static final String LETTERS = "ABCDEFGHIJK";

    /** The question's text. Whether it lists options, and in which order, follows from the problem alone. */
    String question(ChainQuestion question) {
        String blocks = question.blocks().stream()
                .map(block -> "multiplied by " + block.a() + " and " + block.b() + " is added")
                .collect(Collectors.joining(", then the result is "));
        String asked = "A number is " + blocks + ". Modulo " + Block.MODULUS + " this gives " + question.target()
                + ". Which number was it?";
        if (!listsOptions(question)) {
            return asked;
        }
        List<Integer> options = options(question);
        return IntStream.range(0, options.size())
                .mapToObj(option -> LETTERS.charAt(option) + ". " + options.get(option))
                .collect(Collectors.joining("\n", asked + "\n", "\nAnswer with the letter."));
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
        if (this == NUMBERS) {
            return null;
        }
        return listsOptions(question) ? CHOICE : "number";
    }

    private boolean listsOptions(ChainQuestion question) {
        return this == HALF_CHOICES && new Draws(0, CHOICE, "form", question.text()).uniform() < .5;
    }

    private static List<Integer> options(ChainQuestion question) {
        List<Integer> numbers = IntStream.range(0, Block.MODULUS).boxed().toList();
        return new Draws(0, CHOICE, "options", question.text()).shuffled(numbers);
    }
}
