package dev.tempo.conformance;

import dev.tempo.judging.model.Gate;
import dev.tempo.plugin.Outcome;
import dev.tempo.verification.ChoiceVerifier;
import dev.tempo.verification.GridScore;
import dev.tempo.verification.GridVerifier;
import dev.tempo.verification.MathVerifier;
import dev.tempo.verification.TextVerifier;
import dev.tempo.verification.Verification;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One line of a judge case file: a gold answer, a response, and whether they agree. */
final class JudgeCase {
    private static final MathVerifier MATHEMATICS = new MathVerifier();

    private final JsonNode line;

    JudgeCase(JsonNode line) {
        this.line = line;
    }

    /**
     * The result of a case: what the verifier said.
     *
     * @param problem what was wrong beyond the verdict, empty if nothing
     */
    record Result(Outcome outcome, boolean expected, String reason, double millis, String problem) {
        boolean right() {
            return problem.isEmpty() && outcome == (expected ? Outcome.CORRECT : Outcome.WRONG);
        }
    }

    static boolean looksLikeOne(JsonNode line) {
        return (line.has("gold") || line.has("question")) && line.has("equal") && line.has("kind");
    }

    String id() {
        return line.path("id").asString("(no id)");
    }

    String kind() {
        return line.path("kind").asString();
    }

    String source() {
        return line.path("source").asString("(no source)");
    }

    boolean isPolicy() {
        return line.hasNonNull("policy") && line.path("policy").asBoolean(true);
    }

    /** The matter on which sane verifiers differ in this case. */
    String policy() {
        return line.path("policy").isString() ? line.path("policy").asString() : "(unnamed)";
    }

    boolean isCore() {
        return kind().equals("math") && !isPolicy();
    }

    /** Empty for a kind that no verifier of this install covers. */
    Optional<Result> run() {
        String response = response();
        long begun = System.nanoTime();
        Verification verification;
        String problem = "";
        switch (kind()) {
            case "math" -> verification = MATHEMATICS.verify(text("gold"), response);
            case "text" -> verification = new TextVerifier().verify(text("gold"), response);
            case "mcq" -> verification = new ChoiceVerifier().verify(text("gold"), response);
            case "zebra" -> {
                GridVerifier grids = new GridVerifier();
                try {
                    verification = grids.verify(text("gold"), response);
                    problem = line.has("cells") ? cells(grids.score(text("gold"), response)) : "";
                } catch (IllegalArgumentException noReference) {
                    // Nothing equals a reference that hides its values, and nothing is to be rewarded for it.
                    verification = new Verification(Outcome.WRONG, "data", String.valueOf(noReference.getMessage()), 0);
                }
            }
            case "judge" -> verification = gated(response);
            default -> {
                return Optional.empty();
            }
        }
        double millis = (System.nanoTime() - begun) / 1e6;
        return Optional.of(new Result(
                verification.outcome(), line.path("equal").asBoolean(), verification.reason(), millis, problem));
    }

    /** As a chain of rules and a judge model goes before the model is asked: what would be sent on counts as equal. */
    private Verification gated(String response) {
        String gold = text("gold");
        List<Verification> rules =
                List.of(MATHEMATICS.verify(gold, response), new TextVerifier().verify(gold, response));
        String refusal = Gate.refusal(text("question"), gold, response, true);
        return rules.stream()
                .filter(Verification::correct)
                .findFirst()
                .orElseGet(() -> refusal == null
                        ? new Verification(Outcome.CORRECT, "gate", "would be sent on to a judge model", 1)
                        : new Verification(Outcome.WRONG, "gate", "refused: " + refusal, 1));
    }

    /** A note on how much longer it took than the case allows; empty if it did not. */
    String slowness(Result result) {
        return line.has("max_ms") && result.millis() > line.path("max_ms").asDouble()
                ? String.format(
                        java.util.Locale.ROOT,
                        "%s took %.1f ms, the case allows %s",
                        id(),
                        result.millis(),
                        line.path("max_ms").asString())
                : "";
    }

    private String cells(GridScore score) {
        int right = line.path("cells").path(0).asInt();
        int all = line.path("cells").path(1).asInt();
        return score.right() == right && score.cells() == all
                ? ""
                : "cells " + score.right() + "/" + score.cells() + ", expected " + right + "/" + all;
    }

    private String text(String field) {
        JsonNode node = line.path(field);
        return node.isNull() ? "" : node.isString() ? node.asString() : node.toString();
    }

    private String response() {
        JsonNode generated = line.path("pred_gen");
        if (generated.isMissingNode()) {
            return text("pred");
        }
        int times = generated.path("n").asInt();
        return generated.path("prefix").asString("")
                + generated.path("unit").asString("").repeat(times)
                + generated.path("middle").asString("")
                + generated.path("close").asString("").repeat(times)
                + generated.path("suffix").asString("");
    }
}
