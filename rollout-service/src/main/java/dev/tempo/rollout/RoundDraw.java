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
import dev.tempo.datasets.Question;
import dev.tempo.datasets.UnlabeledQuestions;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The draw of the unlabeled questions that a policy version is asked: a pure function of the recipe, its data file and
 * the version. Where questions arrive the version says what is drawn, and the texts are those that arrived.
 */
final class RoundDraw {
    /** What stands in place of the text of a question that was deleted; nobody is asked it. */
    private static final String DELETED = "(deleted)";

    private final Map<String, List<Question>> questionsOfRun = new ConcurrentHashMap<>();
    private final ArrivedTexts arrived;

    RoundDraw(ArrivedTexts arrived) {
        this.arrived = arrived;
    }

    /**
     * The requests of the version's round; none where its stage draws labeled questions, or no round follows.
     *
     * @throws dev.tempo.datasets.DataFileException if the run's data file cannot be used
     * @throws IllegalArgumentException if it holds fewer questions than a round takes
     */
    List<RolloutRequest> requests(Run run, PolicyVersion version) {
        Recipe recipe = run.recipe();
        int round = version.version();
        if (round >= recipe.rounds() || version.last()) {
            return List.of();
        }
        Stage stage = recipe.stageOf(round);
        if (stage.questionsFrom() != QuestionSource.UNLABELED) {
            return List.of();
        }
        DrawnQuestions drawn = version.questions();
        if (drawn != null) {
            Map<String, Question> ofFile = recipe.data().unlabeled() == null
                    ? Map.of()
                    : questions(run).stream().collect(Collectors.toMap(Question::id, Function.identity()));
            return drawn.questions().stream()
                    .map(id -> request(run, version, stage, drawnQuestion(id, ofFile)))
                    .toList();
        }
        List<Question> questions = questions(run);
        QuestionDraw draw = new QuestionDraw(
                recipe.seed(), stage.name() + "/" + Purpose.UNLABELED.word(), questions.size(), stage.questions());
        return Arrays.stream(draw.draw(round - recipe.firstRoundOf(stage)))
                .mapToObj(questions::get)
                .map(question -> request(run, version, stage, question))
                .toList();
    }

    private Question drawnQuestion(String id, Map<String, Question> ofFile) {
        Question question = id.startsWith(DrawnQuestions.ARRIVED) ? null : ofFile.get(id);
        return question != null
                ? question
                : arrived.find(id).orElseGet(() -> new Question(id, DELETED, Recipe.DEFAULT_DOMAIN));
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
    }

    private List<Question> questions(Run run) {
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
