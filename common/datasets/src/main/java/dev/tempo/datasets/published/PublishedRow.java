package dev.tempo.datasets.published;

import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.file.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One object of a published file; every refusal names file, row and field.
 *
 * @param number counted from 1
 * @param numbered an id from the name of the data and the row's place in it
 */
record PublishedRow(Path file, int number, String numbered, JsonNode fields) {
    /** The text that publishers write in place of an answer that they keep to themselves. */
    static final String MASK = "___";

    static final String MASKED = "is masked (" + MASK
            + "), as in the public copy of ZebraLogic; take the copy with solutions (allenai/ZebraLogicBench-private, on"
            + " request), or pass --unlabeled";

    private static final List<String> IDS =
            List.of("id", "unique_id", "problem_id", "question_id", "custom_id", "uuid", "session_id");
    private static final List<String> QUESTIONS =
            List.of("problem", "question", "question_stem", "prompt", "input", "query", "instruction");
    private static final List<String> ANSWERS = List.of(
            "answer", "ref_answer", "reference_answer", "expected_answer", "ground_truth", "gold", "target", "label");

    /** The field of this name in whatever case; empty where it is missing, null, blank or an empty list. */
    Optional<JsonNode> field(String name) {
        for (String key : fields.propertyNames()) {
            if (key.equalsIgnoreCase(name)) {
                JsonNode value = fields.path(key);
                boolean empty = value.isNull()
                        || value.isString() && value.asString().isBlank()
                        || value.isArray() && value.isEmpty();
                return empty ? Optional.empty() : Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The id that its publishers gave it; null where they gave none or only a number. */
    @Nullable
    String ownId(FieldNames names) {
        if (names.id() != null) {
            JsonNode id = required(names.id());
            return id.isValueNode() ? id.asString().strip() : null;
        }
        for (String name : IDS) {
            Optional<JsonNode> id = field(name).filter(JsonNode::isValueNode);
            if (id.isPresent()) {
                String text = id.get().asString().strip();
                return text.chars().anyMatch(Character::isLetter) ? text : null;
            }
        }
        return null;
    }

    /** Name of the field with the question. */
    String questionField(FieldNames names) {
        return first(names.question() == null ? QUESTIONS : List.of(names.question()), "question");
    }

    /** The reference answer: a text, a number, or the one element of a list. */
    String answer(FieldNames names) {
        JsonNode truth = fields.path("reward_model").path("ground_truth");
        if (names.answer() == null && !truth.isMissingNode() && !truth.isNull()) {
            return text("reward_model.ground_truth", truth);
        }
        String field = first(names.answer() == null ? ANSWERS : List.of(names.answer()), "answer");
        return text(field, required(field));
    }

    /** Whether the answer is JSON's true or false. */
    boolean isTruth(FieldNames names) {
        return (names.answer() == null ? ANSWERS : List.of(names.answer()))
                .stream()
                        .map(this::field)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .filter(JsonNode::isBoolean)
                        .isPresent();
    }

    JsonNode required(String field) {
        return field(field)
                .orElseThrow(() -> refused(field, "is missing or empty; the row has " + fields.propertyNames()));
    }

    /** A text, a number or a truth value, or the one of a list, without white space around it. */
    String text(String field, JsonNode value) {
        JsonNode single = value.isArray() && value.size() == 1 ? value.path(0) : value;
        if (!single.isValueNode() || single.isNull() || single.asString().isBlank()) {
            throw refused(field, "should be one text or number but is " + Excerpt.of(value));
        }
        return single.asString().strip();
    }

    DataFileException refused(String field, String problem) {
        return new DataFileException(file, number, field, problem);
    }

    private String first(List<String> candidates, String purpose) {
        List<String> there = new ArrayList<>(candidates);
        there.removeIf(name -> field(name).isEmpty());
        if (there.isEmpty()) {
            throw refused(
                    String.join("' or '", candidates),
                    "is missing or empty; the row has " + fields.propertyNames() + ". Name the field with --"
                            + purpose);
        }
        return there.get(0);
    }
}
