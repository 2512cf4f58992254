package dev.tempo.standalone.evaluation;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.published.ConvertedQuestion;
import dev.tempo.datasets.published.FieldNames;
import dev.tempo.datasets.published.PublishedQuestions;
import dev.tempo.datasets.published.Tally;
import dev.tempo.model.files.DurableFile;
import dev.tempo.verification.MathVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A benchmark made ready to be asked: one file with the questions in the order of their publisher, each as it is asked.
 *
 * @param set what it is called
 * @param sha256 of the file
 * @param judges the chain for its domain, which is called as the set
 * @param words what became of the published rows
 */
public record PreparedBenchmark(String set, Path file, String sha256, List<String> judges, String words) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> RULES = List.of("rules");
    private static final int NAMED = 3;

    public PreparedBenchmark {
        judges = List.copyOf(judges);
    }

    /**
     * The wishes of a user that hold for every benchmark.
     *
     * @param names of the fields of files without a name of their own
     * @param skipUnusable whether rows that cannot be used are left out of such files
     * @param instructed whether the benchmark's own instruction is asked with each question
     * @param first how many questions are taken; 0 for all
     * @param judges in place of the benchmark's own; null to keep those
     * @param files how files without a name are asked and judged where nothing else is wished
     */
    public record Wishes(
            FieldNames names,
            boolean skipUnusable,
            boolean instructed,
            int first,
            @Nullable List<String> judges,
            Usual files) {}

    /**
     * How questions of no known benchmark are asked and judged.
     *
     * @param instructed whether they are asked to reason and to put the answer in a box
     * @param judges the chain
     */
    public record Usual(boolean instructed, List<String> judges) {
        /** Of a model that nobody has said anything about. */
        public static final Usual OF_A_MODEL = new Usual(true, RULES);

        public Usual {
            judges = List.copyOf(judges);
        }

        /** Of the policy of a run: as the run asks and judges, by rules where only another program judges. */
        public static Usual of(Recipe recipe) {
            List<String> chain = recipe.judgesOf(Recipe.DEFAULT_DOMAIN);
            return new Usual(false, chain.isEmpty() || chain.contains(Recipe.EXTERNAL) ? RULES : chain);
        }
    }

    /**
     * Reads the published files and writes what is asked of them.
     *
     * @param directory where the file is written, named by its content
     * @throws UserException if they cannot be used, with what to do
     */
    public static PreparedBenchmark of(WantedBenchmark wanted, Wishes wishes, Path directory) {
        NamedBenchmark known = wanted.known();
        MathVerifier values = new MathVerifier();
        PublishedQuestions published = new PublishedQuestions(
                new PublishedQuestions.Selection(
                        true, wanted.name(), false, wishes.skipUnusable || known != null, wanted.where(), wishes.names),
                (one, other) -> values.equal(one, other).correct());
        List<Tally> tallies = new ArrayList<>();
        wanted.files().forEach(file -> tallies.add(published.add(file)));
        Tally tally = Tally.of(tallies);
        List<ConvertedQuestion> questions = published.questions();
        if (questions.isEmpty()) {
            throw new UserException(
                    wanted.name() + ": no question is left of " + wanted.files().get(0) + " (" + tally + ")"
                            + tally.unusable().stream()
                                    .findFirst()
                                    .map(reason -> "; the first that cannot be used: " + reason)
                                    .orElse(""));
        }
        if (known != null && known.exact() && questions.size() != known.published()) {
            throw new UserException(known.name() + " has " + known.published() + " questions, but "
                    + wanted.files().get(0) + " gives " + questions.size() + " (" + tally
                    + "); to measure on them all the same, name them otherwise: --benchmark my-" + known.name() + "="
                    + wanted.files().get(0));
        }
        boolean instructed = wishes.instructed && (known != null || wishes.files.instructed);
        AnswerForm form = known == null ? AnswerForm.REASONING : known.asked();
        StringBuilder lines = new StringBuilder();
        int taken = 0;
        for (ConvertedQuestion question : questions) {
            if (wishes.first == 0 || taken < wishes.first) {
                taken++;
                String asked = instructed ? form.with(question.question()) : question.question();
                lines.append(JSON.writeValueAsString(
                                new ConvertedQuestion(question.id(), asked, question.answer(), question.domain())))
                        .append('\n');
            }
        }
        byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
        String sha256 = DigestUtils.sha256Hex(content);
        Path file = directory
                .resolve(wanted.name() + "-" + sha256.substring(0, 12) + ".jsonl")
                .toAbsolutePath()
                .normalize();
        DurableFile.write(file, content);
        return new PreparedBenchmark(
                wanted.name(),
                file,
                sha256,
                wishes.judges != null ? wishes.judges : known == null ? wishes.files.judges : known.judges(),
                words(wanted, tally, taken, questions.size()));
    }

    /** The set as a recipe names it. */
    public EvaluationSet inRecipe() {
        return new EvaluationSet(file.toString(), "id", "question", "answer", "domain", false);
    }

    private static String words(WantedBenchmark wanted, Tally tally, int taken, int all) {
        NamedBenchmark known = wanted.known();
        StringBuilder words = new StringBuilder(wanted.name() + ": " + tally);
        if (wanted.files().size() > 1) {
            words.append(", in ").append(wanted.files().size()).append(" files");
        }
        if (known != null && known.published() > 0 && known.published() != all) {
            words.append("; published with ").append(known.published());
        }
        if (known != null && !known.seen()) {
            words.append("; its file was never seen where this program was written");
        }
        if (taken < all) {
            words.append("; the first ").append(taken).append(" are asked");
        }
        tally.unusable().stream()
                .limit(NAMED)
                .forEach(reason -> words.append("\n        ").append(reason));
        return words.toString();
    }
}
