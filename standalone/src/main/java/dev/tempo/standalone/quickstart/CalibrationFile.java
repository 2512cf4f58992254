package dev.tempo.standalone.quickstart;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Labeled questions of which those of split {@code train} are a world's own, so that a stage that trains on them computes the same,
 * and those of split {@code calibration} others.
 *
 * @param world the world's labeled questions
 * @param file that is written, with the columns id, question, answer, split and, where the world has one, domain
 */
public record CalibrationFile(LabeledFile world, Path file) {
    private static final String CALIBRATION = "calibration";

    /** Writes so many of the world's, spread evenly over all of them. */
    public void spread(int questions) {
        List<LabeledQuestion> all = LabeledQuestions.read(world);
        write(all, own(evenly(all, questions)));
    }

    /**
     * Writes some that are like the questions without labels, and others of the world's own that no stage trains on.
     *
     * @param questions how many in all
     * @param like how many of them are like the questions without labels, and neither these nor held out
     * @param seed of the world
     */
    public void chosen(int questions, int like, long seed) {
        List<LabeledQuestion> all = LabeledQuestions.read(world);
        List<LabeledQuestion> unseen = all.stream()
                .filter(row -> !row.split().belongsTo(QuestionSource.LABELED_TRAIN))
                .toList();
        List<Map<String, Object>> pool =
                new ArrayList<>(files().rows("like", new World(seed).likeUnlabeled(like), true));
        pool.addAll(own(evenly(unseen, questions - like)));
        write(all, pool);
    }

    private List<LabeledQuestion> evenly(List<LabeledQuestion> all, int questions) {
        if (questions > all.size()) {
            throw new UserException(world.file() + " has " + all.size() + " labeled questions, not " + questions);
        }
        List<LabeledQuestion> spread = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            spread.add(all.get((int) ((long) i * all.size() / questions)));
        }
        return spread;
    }

    private List<Map<String, Object>> own(List<LabeledQuestion> questions) {
        return rows(questions, CALIBRATION + "/");
    }

    private List<Map<String, Object>> rows(List<LabeledQuestion> questions, String prefix) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (LabeledQuestion question : questions) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", prefix + question.question().id());
            row.put("question", question.question().text());
            row.put("answer", question.answer());
            if (world.domain() != null) {
                row.put("domain", question.question().domain());
            }
            rows.add(row);
        }
        return rows;
    }

    private void write(List<LabeledQuestion> all, List<Map<String, Object>> pool) {
        List<Map<String, Object>> rows = rows(
                all.stream()
                        .filter(row -> row.split().belongsTo(QuestionSource.LABELED_TRAIN))
                        .toList(),
                "");
        rows.forEach(row -> row.put("split", "train"));
        pool.forEach(row -> row.put("split", CALIBRATION));
        rows.addAll(pool);
        Path name = Objects.requireNonNull(file.getFileName());
        files().write(name.toString(), rows);
    }

    private WorldFiles files() {
        return new WorldFiles(Objects.requireNonNull(file.toAbsolutePath().getParent()), new SymbolLanguage());
    }
}
