package dev.tempo.policy.http;

import dev.tempo.contract.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reader of questions that come as text: one JSON object, a list of them, or one in each line. */
final class QuestionText {
    /** Most questions that come at once. */
    static final int MOST = 1_000;

    private static final Set<String> FIELDS = Set.of("id", "question", "domain", "source");
    /** Without a table of names: it would keep what senders call things, and copy itself as it grows. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private QuestionText() {}

    /** The refusal of more than {@link #MOST} questions, said when the first beyond them is met. */
    static final class TooManyException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        TooManyException() {
            super("a request has at most " + MOST + " questions; send several");
        }
    }

    /**
     * The questions of a text, all of them or none.
     *
     * @param lines whether each line is an object of its own
     * @param owner of the key that it was sent with: the source in place of what the text says, and before every id; null to take both
     *     as they stand
     * @throws TooManyException if they are too many
     * @throws IllegalArgumentException naming line or place, field and what to do
     */
    static List<SentQuestion> read(String text, boolean lines, @Nullable String owner) {
        List<SentQuestion> questions = new ArrayList<>();
        if (lines) {
            int number = 0;
            for (int begin = 0; begin <= text.length(); ) {
                int end = text.indexOf('\n', begin);
                String line = text.substring(begin, end < 0 ? text.length() : end);
                begin = end < 0 ? text.length() + 1 : end + 1;
                number++;
                if (!line.isBlank()) {
                    refuseTooMany(questions.size() + 1);
                    questions.add(question("line " + number, tree("line " + number, line), owner));
                }
            }
        } else {
            JsonNode root = tree("the body", text);
            if (root.isArray()) {
                refuseTooMany(root.size());
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

    private static void refuseTooMany(int count) {
        if (count > MOST) {
            throw new TooManyException();
        }
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
