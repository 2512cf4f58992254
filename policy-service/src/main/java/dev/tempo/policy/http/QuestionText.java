package dev.tempo.policy.http;

import dev.tempo.contract.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reader of questions that come as text: one JSON object, a list of them, or one in each line. */
final class QuestionText {
    /** Most questions that come at once. */
    static final int MOST = 1_000;

    private static final Set<String> FIELDS = Set.of("id", "question", "domain", "source");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private QuestionText() {}

    /**
     * The questions of a text, all of them or none.
     *
     * @param lines whether each line is an object of its own
     * @param owner of the key that it was sent with: the source in place of what the text says, and before every id; null to take both
     *     as they stand
     * @throws IllegalArgumentException naming line or place, field and what to do
     */
    static List<SentQuestion> read(String text, boolean lines, @Nullable String owner) {
        List<SentQuestion> questions = new ArrayList<>();
        if (lines) {
            int number = 0;
            for (String line : text.split("\n", -1)) {
                number++;
                if (!line.isBlank()) {
                    questions.add(question("line " + number, tree("line " + number, line), owner));
                }
            }
        } else {
            JsonNode root = tree("the body", text);
            if (root.isArray()) {
                for (int i = 0; i < root.size(); i++) {
                    questions.add(question("question " + (i + 1), root.get(i), owner));
                }
            } else {
                questions.add(question("the body", root, owner));
            }
        }
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("there is no question; write {\"question\": \"...\"}");
        }
        return questions;
    }

    private static JsonNode tree(String place, String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            throw new IllegalArgumentException(place + " is no JSON: " + noJson.getOriginalMessage(), noJson);
        }
    }

    private static SentQuestion question(String place, @Nullable JsonNode node, @Nullable String owner) {
        if (node == null || !node.isObject()) {
            throw new IllegalArgumentException(place + " must be an object such as {\"question\": \"...\"}");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new IllegalArgumentException(
                        place + ": field '" + field.getKey() + "' is none of id, question, domain"
                                + " and source; leave it out. Questions that arrive have no answers");
            }
            if (!field.getValue().isString() && !field.getValue().isNull()) {
                throw new IllegalArgumentException(place + ": " + field.getKey() + " must be a text");
            }
        }
        String question = text(node, "question");
        if (question == null) {
            throw new IllegalArgumentException(place + ": question is missing");
        }
        String id = text(node, "id");
        try {
            if (id != null) {
                Check.name("id", id);
            }
            return new SentQuestion(place, id, question, text(node, "domain"), text(node, "source"), owner);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(place + ": " + refused.getMessage(), refused);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value.asString();
    }
}
