package dev.tempo.datasets.published;

import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.DataRows;
import dev.tempo.datasets.comparison.QuestionKey;
import dev.tempo.datasets.comparison.StandingInstructions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions of published files, each once. A question that comes again with another answer is left out altogether:
 * nobody knows which is right, and a critic would learn the wrong one.
 */
public final class PublishedQuestions {
    private static final List<RowForm> FORMS = List.of(
            new GridForm(),
            new ScienceForm("Correct Answer", "Incorrect Answer "),
            new ScienceForm("correct_answer", "distractor"),
            new TruthForm(),
            new ExamForm(),
            new PlainForm());

    private final Selection selection;
    private final BiPredicate<String, String> sameAnswer;
    private final Map<String, Taken> taken = new LinkedHashMap<>();
    private final Set<String> elsewhere = new HashSet<>();
    private final Set<String> contradicted = new HashSet<>();
    private final Map<String, String> ids = new HashMap<>();

    /**
     * A selection: what is taken from the files.
     *
     * @param answers whether questions come with their answers; if not, answers are not even looked at
     * @param domain of every question; null keeps the domain of rows that have one
     * @param instructions whether standing instructions stay in the questions
     * @param onlyUsable whether rows that cannot be used are counted and left out instead of refused
     * @param where only rows whose fields have these values
     */
    public record Selection(
            boolean answers,
            @Nullable String domain,
            boolean instructions,
            boolean onlyUsable,
            Map<String, String> where,
            FieldNames names) {
        public Selection {
            where = Map.copyOf(where);
        }

        /** The selection of all questions with their answers, without instructions. */
        public static Selection labeled() {
            return new Selection(true, null, false, false, Map.of(), FieldNames.USUAL);
        }

        /** The selection of all questions, without answers and instructions. */
        public static Selection unlabeled() {
            return new Selection(false, null, false, false, Map.of(), FieldNames.USUAL);
        }
    }

    private record Taken(ConvertedQuestion question, Tally tally) {}

    /**
     * The questions of no file yet.
     *
     * @param sameAnswer whether two answers that are spelt differently have the same value; tells doubles from
     *     contradictions
     */
    public PublishedQuestions(Selection selection, BiPredicate<String, String> sameAnswer) {
        this.selection = selection;
        this.sameAnswer = sameAnswer;
    }

    /**
     * Leaves out the questions of this file too.
     *
     * @throws DataFileException naming file, row and field
     */
    public void without(Path file) {
        read(file, row -> elsewhere.add(QuestionKey.of(question(form(row), row))));
    }

    /**
     * Adds the questions of a file.
     *
     * @throws DataFileException naming file, row and field, and what to do
     */
    public Tally add(Path file) {
        Tally tally = new Tally();
        read(file, row -> count(row, tally));
        return tally;
    }

    private static void read(Path file, Consumer<PublishedRow> rows) {
        DataRows.readAll(
                file,
                (row, numbered) -> rows.accept(new PublishedRow(row.file(), row.number(), numbered, row.columns())));
    }

    /** All questions, in the order of the files and their rows. */
    public List<ConvertedQuestion> questions() {
        return taken.values().stream().map(Taken::question).toList();
    }

    private void count(PublishedRow row, Tally tally) {
        tally.rows++;
        if (!isWanted(row)) {
            tally.passedOver++;
            return;
        }
        try {
            add(row, tally);
        } catch (DataFileException unusable) {
            if (!selection.onlyUsable) {
                throw unusable;
            }
            tally.unusable.add(String.valueOf(unusable.getMessage()));
        }
    }

    private void add(PublishedRow row, Tally tally) {
        RowForm form = form(row);
        String question = question(form, row);
        String answer = selection.answers ? form.answer(row, selection.names) : null;
        String key = QuestionKey.of(question);
        Taken first = taken.get(key);
        if (elsewhere.contains(key)) {
            tally.elsewhere++;
        } else if (contradicted.contains(key)) {
            tally.contradictions++;
        } else if (first == null) {
            taken.put(key, new Taken(new ConvertedQuestion(claim(row), question, answer, domain(row)), tally));
            tally.taken++;
        } else if (answer == null || same(answer, first.question.answer())) {
            tally.doubles++;
        } else {
            contradicted.add(key);
            taken.remove(key);
            first.tally.taken--;
            first.tally.contradictions++;
            tally.contradictions++;
        }
    }

    /** One publisher's 033 is another's 33. */
    private boolean same(String answer, @Nullable String other) {
        return other != null && (plain(answer).equals(plain(other)) || sameAnswer.test(other, answer));
    }

    private static String plain(String answer) {
        return answer.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replaceFirst("^0+(?=\\d+$)", "");
    }

    private boolean isWanted(PublishedRow row) {
        return selection.where.entrySet().stream()
                .allMatch(condition -> row.field(condition.getKey())
                        .filter(value -> value.asString("").equals(condition.getValue()))
                        .isPresent());
    }

    private RowForm form(PublishedRow row) {
        return FORMS.stream()
                .filter(form -> form.fits(row, selection.names))
                .findFirst()
                .orElseThrow();
    }

    private String question(RowForm form, PublishedRow row) {
        String text = form.question(row, selection.names);
        return selection.instructions ? text : StandingInstructions.without(text);
    }

    private @Nullable String domain(PublishedRow row) {
        return selection.domain != null
                ? selection.domain
                : row.field("domain").map(domain -> row.text("domain", domain)).orElse(null);
    }

    /** The row's own id if no other row has it, else the file's name and the row's number: the same in every conversion. */
    private String claim(PublishedRow row) {
        String here = "row " + row.number() + " of " + row.file();
        String own = row.ownId(selection.names);
        if (own != null && ids.putIfAbsent(own, here) == null) {
            return own;
        }
        String numbered = row.numbered();
        String other = ids.putIfAbsent(numbered, here);
        if (other != null) {
            throw new DataFileException(
                    row.file(),
                    "gives row " + row.number() + " the id '" + numbered + "', which " + other
                            + " has; rename one of the files");
        }
        return numbered;
    }
}
