package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * The file or directory of unlabeled questions (D_u), JSON lines, JSON, Parquet or CSV; owned by rollout-service. A
 * column {@code answer} is an error.
 *
 * @param id column of a unique id; null numbers the rows
 * @param question column of the text that the model continues
 * @param domain column that routes votes to a chain of judges; null means {@code default}
 */
public record UnlabeledFile(
        String file,
        @Nullable String id,
        String question,
        @Nullable String domain) {
    public UnlabeledFile {
        Check.text("file", file);
        Check.text("question", question);
    }

    /** The same entry with its file at another path. */
    public UnlabeledFile at(String path) {
        return new UnlabeledFile(path, id, question, domain);
    }
}
