package dev.tempo.eval;

import dev.tempo.contract.Answer;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The questions of a run's benchmark sets, and what is asked about them. */
final class Benchmarks {
    private final Run run;
    private final Map<String, List<String>> idsBySet = new TreeMap<>();
    private final Map<String, LabeledQuestion> byId = new LinkedHashMap<>();

    /** @throws dev.tempo.datasets.DataFileException naming file, line and column */
    Benchmarks(Run run) {
        this.run = run;
        new TreeMap<>(run.recipe().evaluation().sets()).forEach((set, file) -> {
            new GivenFiles(RunDirectory.of(run).given()).refuseChanged(Path.of(file.file()));
            List<LabeledQuestion> questions = BenchmarkQuestions.read(set, file);
            idsBySet.put(
                    set,
                    questions.stream().map(question -> question.question().id()).toList());
            questions.forEach(question -> byId.put(question.question().id(), question));
        });
    }

    /** Question ids ({@code set/id}) by set, sets in alphabetical order. */
    Map<String, List<String>> idsBySet() {
        return idsBySet;
    }

    /** Whether a question is of one of the sets. */
    boolean has(String question) {
        return byId.containsKey(question);
    }

    List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        for (LabeledQuestion labeled : byId.values()) {
            Question question = labeled.question();
            answers.add(new Answer(
                    run.run(),
                    Purpose.EVALUATION,
                    question.id(),
                    question.text(),
                    labeled.answer(),
                    question.domain()));
        }
        return answers;
    }

    List<RolloutRequest> requests(PolicyVersion version) {
        return byId.keySet().stream().map(id -> request(version, id)).toList();
    }

    RolloutRequest request(PolicyVersion version, String question) {
        Recipe recipe = run.recipe();
        Question asked = question(question);
        return new RolloutRequest(
                new RequestId(run.run(), version.version(), Purpose.EVALUATION, 0, question),
                recipe.seed(),
                version.model(),
                asked.domain(),
                asked.text(),
                recipe.evaluation().samples(setOf(question)),
                recipe.generation());
    }

    /** The set of a question id {@code set/id}. */
    static String setOf(String question) {
        return question.substring(0, Math.max(0, question.indexOf('/')));
    }

    private Question question(String id) {
        LabeledQuestion labeled = byId.get(id);
        if (labeled == null) {
            throw new IllegalArgumentException("no benchmark of run " + run.run() + " has a question " + id);
        }
        return labeled.question();
    }
}
