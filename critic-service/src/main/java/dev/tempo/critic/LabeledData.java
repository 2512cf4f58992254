package dev.tempo.critic;

import dev.tempo.algorithm.rounds.QuestionDraw;
import dev.tempo.contract.Answer;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** D_L of a run: what the critic draws from. Answers leave it on the answers' topic alone. */
final class LabeledData {
    private final Run run;
    private final List<LabeledQuestion> questions;

    private LabeledData(Run run, List<LabeledQuestion> questions) {
        this.run = run;
        this.questions = questions;
    }

    /** @throws dev.tempo.datasets.DataFileException naming file, line and column */
    static LabeledData of(Run run) {
        LabeledFile file = run.recipe().data().labeled();
        if (file == null) {
            throw new IllegalArgumentException(
                    "data.labeled: the recipe fits a critic on labeled questions but names no file of them");
        }
        new GivenFiles(RunDirectory.of(run).given()).refuseChanged(Path.of(file.file()));
        return new LabeledData(run, LabeledQuestions.read(file));
    }

    List<Answer> answers() {
        return questions.stream()
                .map(labeled -> new Answer(
                        run.run(),
                        Purpose.LABELED,
                        labeled.question().id(),
                        labeled.question().text(),
                        labeled.answer(),
                        labeled.question().domain()))
                .toList();
    }

    /**
     * The requests of one draw, the same whenever it is repeated.
     *
     * @param index round of the stage, or warm-up step
     */
    List<RolloutRequest> requests(BatchKey key, RoundPlan.Draw draw, String stage, int index, ModelReference policy) {
        List<Question> eligible = questions.stream()
                .filter(labeled -> labeled.split().belongsTo(draw.source()))
                .map(LabeledQuestion::question)
                .toList();
        String purpose = stage + "/" + key.purpose().word();
        int[] drawn = new QuestionDraw(run.recipe().seed(), purpose, eligible.size(), draw.questions()).draw(index);
        return Arrays.stream(drawn)
                .mapToObj(eligible::get)
                .map(question -> new RolloutRequest(
                        new RequestId(run.run(), key.round(), key.purpose(), key.step(), question.id()),
                        run.recipe().seed(),
                        policy,
                        question.domain(),
                        question.text(),
                        draw.samples(),
                        run.recipe().generation()))
                .toList();
    }
}
