package dev.tempo.policy;

import dev.tempo.algorithm.rounds.QuestionDraw;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.UnlabeledQuestions;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.policy.arrival.RunArrivals;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The unlabeled questions that a run's rounds draw: of its recipe's file, as rollout-service draws them, or of those that have arrived.
 * Whoever may write to a topic can have any other question answered too, and it must not take the place of one that was drawn. The file is
 * read when a round first asks. One thread owns it.
 */
final class DrawnIds {
    private final Run run;
    private final @Nullable RunArrivals arrivals;
    private @Nullable List<Question> questions;

    DrawnIds(Run run, @Nullable RunArrivals arrivals) {
        this.run = run;
        this.arrivals = arrivals;
    }

    /**
     * The ids of the questions that a round draws; empty where it draws labeled ones, or of those that arrive and it is not known yet.
     *
     * @param recipe which may have come to an end meanwhile
     * @param present the round that goes on
     * @throws dev.tempo.datasets.DataFileException if the file cannot be used, or is another one than when the run began
     */
    Optional<Set<String>> of(Recipe recipe, int round, int present) {
        Stage stage = recipe.stageOf(round);
        UnlabeledFile file = recipe.data().unlabeled();
        if (arrivals != null) {
            DrawnQuestions drawn = round == present ? arrivals.drawn() : null;
            return drawn == null ? Optional.empty() : Optional.of(Set.copyOf(drawn.questions()));
        }
        if (stage.questionsFrom() != QuestionSource.UNLABELED || file == null) {
            return Optional.empty();
        }
        List<Question> all = questions == null ? read(file) : questions;
        questions = all;
        QuestionDraw draw = new QuestionDraw(recipe.seed(), stage.unlabeledDraw(), all.size(), stage.questions());
        return Optional.of(Arrays.stream(draw.draw(round - recipe.firstRoundOf(stage)))
                .mapToObj(position -> all.get(position).id())
                .collect(Collectors.toSet()));
    }

    private List<Question> read(UnlabeledFile file) {
        new GivenFiles(RunDirectory.of(run).given()).refuseChanged(Path.of(file.file()));
        return UnlabeledQuestions.read(file);
    }
}
