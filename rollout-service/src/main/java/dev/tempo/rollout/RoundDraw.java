package dev.tempo.rollout;

import dev.tempo.algorithm.rounds.QuestionDraw;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.UnlabeledQuestions;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.kept.KeptRows;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The draw of the unlabeled questions that a policy version is asked: a pure function of the recipe, its data file and
 * the version. Where questions arrive the version says what is drawn, and the texts are those that arrived.
 */
final class RoundDraw {
    /** What stands in place of the text of a question that is not there any more as it was drawn; nobody is asked it. */
    private static final String GONE = "(gone)";

    private static final Asked NOTHING = new Asked(List.of(), Set.of());

    private final Map<String, KeptRows<Question>> questionsOfRun = new ConcurrentHashMap<>();
    private final Map<String, DrawnRound> drawnOfRun = new ConcurrentHashMap<>();
    private final ArrivedTexts arrived;

    /**
     * What a round asks.
     *
     * @param gone ids of the questions among them that are not there any more as they were drawn, which nobody is to be asked
     */
    record Asked(List<RolloutRequest> requests, Set<String> gone) {}

    private record DrawnRound(int round, Map<String, Question> byId) {}

    RoundDraw(ArrivedTexts arrived) {
        this.arrived = arrived;
    }

    /**
     * What the version's round asks; nothing where its stage draws labeled questions, or no round follows.
     *
     * @throws dev.tempo.datasets.DataFileException if the run's data file cannot be used
     * @throws IllegalArgumentException if it holds fewer questions than a round takes
     */
    Asked asked(Run run, PolicyVersion version) {
        Recipe recipe = run.recipe();
        int round = version.version();
        if (round >= recipe.rounds() || version.last()) {
            return NOTHING;
        }
        Stage stage = recipe.stageOf(round);
        if (stage.questionsFrom() != QuestionSource.UNLABELED) {
            return NOTHING;
        }
        DrawnQuestions drawn = version.questions();
        if (drawn != null) {
            List<RolloutRequest> requests = new ArrayList<>();
            Set<String> gone = new HashSet<>();
            drawn.hashOfId().forEach((id, hash) -> {
                Optional<Question> present = asDrawn(run, id, hash);
                if (present.isEmpty()) {
                    gone.add(id);
                }
                Question asked = present.orElseGet(() -> new Question(id, GONE, Recipe.DEFAULT_DOMAIN));
                requests.add(request(run, version, stage, asked));
            });
            return new Asked(requests, gone);
        }
        return new Asked(
                drawn(run, round).values().stream()
                        .map(question -> request(run, version, stage, question))
                        .toList(),
                Set.of());
    }

    /** The questions of the run's file that a round draws, in their order; planner and worker draw a round once. */
    private Map<String, Question> drawn(Run run, int round) {
        DrawnRound known = drawnOfRun.get(run.run());
        if (known == null || known.round() != round) {
            Recipe recipe = run.recipe();
            Stage stage = recipe.stageOf(round);
            List<Question> all = questions(run);
            QuestionDraw draw = new QuestionDraw(recipe.seed(), stage.unlabeledDraw(), all.size(), stage.questions());
            Map<String, Question> byId = new LinkedHashMap<>();
            for (int position : draw.draw(round - recipe.firstRoundOf(stage))) {
                Question question = all.get(position);
                byId.put(question.id(), question);
            }
            known = new DrawnRound(round, byId);
            drawnOfRun.put(run.run(), known);
        }
        return known.byId();
    }

    /**
     * The reason why the round of a request for unlabeled questions does not ask it: whoever may write to a topic can ask for anything,
     * which must not take the place of what was drawn. Empty where the round does, and where that cannot be told here: where questions
     * arrive, or without the run's file.
     */
    Optional<String> refusal(RolloutRequest request, Run run) {
        RequestId id = request.id();
        if (id.purpose() != Purpose.UNLABELED) {
            return Optional.empty();
        }
        Stage stage = run.recipe().stageOf(id.round());
        if (stage.questionsFrom() != QuestionSource.UNLABELED || run.recipe().awaitsQuestions(stage)) {
            return Optional.empty();
        }
        Question drawn;
        try {
            drawn = drawn(run, id.round()).get(id.question());
        } catch (DataFileException | IllegalArgumentException unusable) {
            return Optional.empty();
        }
        if (drawn == null) {
            return Optional.of(
                    "round " + id.round() + " of run " + id.run() + " does not draw question " + id.question());
        }
        boolean same =
                drawn.text().equals(request.questionText()) && drawn.domain().equals(request.domain());
        return same
                ? Optional.empty()
                : Optional.of("its text or domain is not that of question " + id.question() + " of run " + id.run());
    }

    /** The texts of questions that have arrived. */
    ArrivedTexts arrived() {
        return arrived;
    }

    /** The questions of a round that are not there any more as they were drawn: deleted, or others by now. */
    Set<String> gone(Run run, PolicyVersion version) {
        Set<String> gone = new HashSet<>();
        DrawnQuestions drawn = version.questions();
        if (drawn != null) {
            drawn.hashOfId().forEach((id, hash) -> {
                if (asDrawn(run, id, hash).isEmpty()) {
                    gone.add(id);
                }
            });
        }
        return gone;
    }

    private Optional<Question> asDrawn(Run run, String id, String hash) {
        Optional<Question> present = id.startsWith(DrawnQuestions.ARRIVED) ? arrived.find(id) : ofFile(run, id);
        return present.filter(question -> question.contentHash().equals(hash));
    }

    private Optional<Question> ofFile(Run run, String id) {
        return run.recipe().data().unlabeled() == null
                ? Optional.empty()
                : questions(run).find(id);
    }

    private static RolloutRequest request(Run run, PolicyVersion version, Stage stage, Question question) {
        Recipe recipe = run.recipe();
        return new RolloutRequest(
                new RequestId(run.run(), version.version(), Purpose.UNLABELED, 0, question.id()),
                recipe.seed(),
                version.model(),
                question.domain(),
                question.text(),
                stage.samples(),
                recipe.generation());
    }

    void forget(String run) {
        questionsOfRun.remove(run);
        drawnOfRun.remove(run);
    }

    private KeptRows<Question> questions(Run run) {
        return questionsOfRun.computeIfAbsent(run.run(), any -> {
            UnlabeledFile file = run.recipe().data().unlabeled();
            if (file == null) {
                throw new IllegalArgumentException("data.unlabeled names no file");
            }
            new GivenFiles(RunDirectory.of(run).given()).refuseChanged(Path.of(file.file()));
            return UnlabeledQuestions.read(file);
        });
    }
}
