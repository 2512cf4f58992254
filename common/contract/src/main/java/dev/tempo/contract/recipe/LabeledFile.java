package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * The file or directory of labeled questions (D_L), JSON lines, JSON, Parquet or CSV; owned by critic-service.
 *
 * @param id column of a unique id; null numbers the rows
 * @param question column of the text that the model continues
 * @param answer column of the reference answer
 * @param split column holding {@code train} or {@code calibration}; null makes every row both
 * @param domain column that routes to a chain of judges; null means {@code default}
 */
public record LabeledFile(
        String file,
        @Nullable String id,
        String question,
        String answer,
        @Nullable String split,
        @Nullable String domain) {
    public LabeledFile {
        Check.text("file", file);
        Check.text("question", question);
        Check.text("answer", answer);
    }

    /** The same entry with its file at another path. */
    public LabeledFile at(String path) {
        return new LabeledFile(path, id, question, answer, split, domain);
    }
}
