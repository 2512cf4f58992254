package dev.tempo.eval;

import dev.tempo.contract.Answer;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.kept.KeptRows;
import dev.tempo.messaging.Outgoing;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The questions of a run's benchmark sets, and what is asked about them. */
final class Benchmarks {
    private final Run run;
    private final Map<String, KeptRows<LabeledQuestion>> sets = new TreeMap<>();

    /** @throws dev.tempo.datasets.DataFileException naming file, line and column */
    Benchmarks(Run run) {
        this.run = run;
        new TreeMap<>(run.recipe().evaluation().sets()).forEach((set, file) -> {
            new GivenFiles(RunDirectory.of(run).given()).refuseChanged(Path.of(file.file()));
            sets.put(set, BenchmarkQuestions.read(set, file));
        });
    }

    /** The questions by set, with ids {@code set/id}; sets in alphabetical order. */
    Map<String, KeptRows<LabeledQuestion>> sets() {
        return Collections.unmodifiableMap(sets);
    }

    /** How many questions there are. */
    int size() {
        return sets.values().stream().mapToInt(List::size).sum();
    }

    /** Whether a question is of one of the sets. */
    boolean has(String question) {
        return ofSet(question).position(question).isPresent();
    }

    /** The reference answers of all questions, set by set. */
    List<Outgoing<?>> answers() {
        return sets.values().stream()
                .<Outgoing<?>>map(questions -> new Outgoing<>(Topics.EVALUATION_ANSWERS, questions.as(this::answer)))
                .toList();
    }

    private Answer answer(LabeledQuestion labeled) {
        Question question = labeled.question();
        return new Answer(
                run.run(), Purpose.EVALUATION, question.id(), question.text(), labeled.answer(), question.domain());
    }

    /** The requests for all questions, set by set. */
    List<Outgoing<?>> requests(PolicyVersion version) {
        return sets.values().stream()
                .<Outgoing<?>>map(questions -> new Outgoing<>(
                        Topics.EVALUATION_ROLLOUT_REQUESTS,
                        questions.as(labeled -> request(version, labeled.question()))))
                .toList();
    }

    RolloutRequest request(PolicyVersion version, String question) {
        return request(
                version,
                ofSet(question)
                        .find(question)
                        .map(LabeledQuestion::question)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no benchmark of run " + run.run() + " has a question " + question)));
    }

    private RolloutRequest request(PolicyVersion version, Question asked) {
        Recipe recipe = run.recipe();
        return new RolloutRequest(
                new RequestId(run.run(), version.version(), Purpose.EVALUATION, 0, asked.id()),
                recipe.seed(),
                version.model(),
                asked.domain(),
                asked.text(),
                recipe.evaluation().samples(setOf(asked.id())),
                recipe.generation());
    }

    private KeptRows<LabeledQuestion> ofSet(String question) {
        return sets.getOrDefault(setOf(question), KeptRows.none());
    }

    /** The set of a question id {@code set/id}. */
    static String setOf(String question) {
        return question.substring(0, Math.max(0, question.indexOf('/')));
    }
}
