package dev.tempo.conformance;

import dev.tempo.contract.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of a file of judge cases. One of its first lines shows what it is; from there on a line that is none is an
 * error that names file, line and field.
 */
final class JudgeCaseLines {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Lines looked at before a file is taken for something else. */
    private static final int RECOGNISED_WITHIN = 3;

    /** Characters a generated response may have. */
    private static final long MAX_GENERATED = 64_000_000;

    private final Path file;
    private int number;

    private JudgeCaseLines(Path file) {
        this.file = file;
    }

    /**
     * The cases, none if the file holds something else.
     *
     * @throws UserException at a malformed case
     */
    static List<JudgeCase> read(Path file) {
        if (!recognised(file)) {
            return List.of();
        }
        JudgeCaseLines lines = new JudgeCaseLines(file);
        List<JudgeCase> cases = new ArrayList<>();
        try (BufferedReader text = Files.newBufferedReader(file)) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.number++;
                if (!line.isBlank()) {
                    cases.add(lines.parse(line));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
        return cases;
    }

    private static boolean recognised(Path file) {
        try (BufferedReader text = Files.newBufferedReader(file)) {
            for (int line = 0; line < RECOGNISED_WITHIN; line++) {
                String content = text.readLine();
                JsonNode node = content == null ? null : json(content);
                if (node != null && JudgeCase.looksLikeOne(node)) {
                    return true;
                }
            }
            return false;
        } catch (IOException noText) {
            return false;
        }
    }

    private static @Nullable JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException malformed) {
            return null;
        }
    }

    private JudgeCase parse(String line) {
        JsonNode node = json(line);
        if (node == null || !node.isObject()) {
            throw new UserException(file + ":" + number + ": a judge case is one JSON object on a line");
        }
        demand(node.path("kind").isString(), "kind", "names the verifier, such as \"math\"");
        demand(node.path("equal").isBoolean(), "equal", "is true or false, the verdict expected");
        boolean questioned = node.path("kind").asString().equals("judge");
        demand(questioned || node.has("gold") && !node.path("gold").isNull(), "gold", "holds the reference");
        demand(!questioned || node.path("question").isString(), "question", "holds what was asked");
        boolean grid = node.path("kind").asString().equals("zebra");
        demand(!grid || isGrid(node), "gold", "of a grid is an object with the lists header and rows");
        demand(node.has("pred") || node.has("pred_gen"), "pred", "holds the response (or pred_gen, what makes it)");
        if (node.has("pred_gen")) {
            generated(node.path("pred_gen"));
        }
        if (node.has("cells")) {
            JsonNode cells = node.path("cells");
            demand(
                    cells.isArray()
                            && cells.size() == 2
                            && cells.path(0).isInt()
                            && cells.path(1).isInt(),
                    "cells",
                    "is [right, all], two whole numbers");
        }
        boolean limited = node.has("max_ms");
        demand(
                !limited
                        || node.path("max_ms").isNumber() && node.path("max_ms").asDouble() > 0,
                "max_ms",
                "is a number of milliseconds above 0");
        return new JudgeCase(node);
    }

    private static boolean isGrid(JsonNode node) {
        JsonNode gold = node.path("gold").isString() ? json(node.path("gold").asString()) : node.path("gold");
        return gold != null
                && gold.path("header").isArray()
                && gold.path("rows").isArray();
    }

    private void generated(JsonNode recipe) {
        demand(recipe.isObject(), "pred_gen", "is an object");
        demand(recipe.path("n").isInt() && recipe.path("n").asInt() >= 0, "pred_gen.n", "is a whole number from 0");
        for (String part : new String[] {"prefix", "unit", "middle", "close", "suffix"}) {
            demand(!recipe.has(part) || recipe.path(part).isString(), "pred_gen." + part, "is a text");
        }
        long unit = recipe.path("unit").asString("").length()
                + recipe.path("close").asString("").length();
        demand(
                unit * recipe.path("n").asInt() <= MAX_GENERATED,
                "pred_gen.n",
                "makes a response of at most " + MAX_GENERATED + " characters");
    }

    private void demand(boolean fulfilled, String field, String meaning) {
        if (!fulfilled) {
            throw new UserException(file + ":" + number + ": " + field + " " + meaning);
        }
    }
}
