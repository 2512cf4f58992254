package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;

/**
 * The file of traces of the base model's own corpus for the rehearsal (PTX) loss, JSON lines, JSON, Parquet or CSV;
 * owned by policy-service.
 *
 * @param question column of the prompt
 * @param response column of the trace
 * @param environment column listing the positions of the response's tokens that an environment wrote
 */
public record RehearsalFile(String file, String question, String response, String environment) {
    public RehearsalFile {
        Check.text("file", file);
        Check.text("question", question);
        Check.text("response", response);
        Check.text("environment", environment);
    }

    /** The same entry with its file at another path. */
    public RehearsalFile at(String path) {
        return new RehearsalFile(path, question, response, environment);
    }
}
