package dev.tempo.datasets.published;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A question and an answer, each in a field of its own. The question may be a conversation, a list of {@code {role,
 * content}} or the text of one, of which the user's part is taken; so may a field {@code messages} beside it.
 */
final class PlainForm implements RowForm {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MESSAGES = "messages";

    @Override
    public boolean fits(PublishedRow row, FieldNames names) {
        return true;
    }

    @Override
    public String question(PublishedRow row, FieldNames names) {
        boolean conversation = names.question() == null
                && row.field(MESSAGES).filter(PlainForm::isConversation).isPresent();
        String field = conversation ? MESSAGES : row.questionField(names);
        JsonNode value = row.required(field);
        return isConversation(value) ? asked(row, field, value) : row.text(field, value);
    }

    @Override
    public String answer(PublishedRow row, FieldNames names) {
        return row.answer(names);
    }

    private static boolean isConversation(JsonNode value) {
        return value.isArray() && value.path(0).has("role")
                || value.isString() && value.asString().stripLeading().startsWith("[{");
    }

    private static String asked(PublishedRow row, String field, JsonNode value) {
        List<String> asked = new ArrayList<>();
        for (JsonNode turn : turns(row, field, value)) {
            switch (turn.path("role").asString("")) {
                case "user", "human" -> asked.add(row.text(field + ".content", turn.path("content")));
                case "system" -> {}
                default ->
                    throw row.refused(
                            field,
                            "has a turn of role '" + turn.path("role").asString("")
                                    + "'; a question is one turn of a user, leave this row out");
            }
        }
        if (asked.size() != 1) {
            throw row.refused(field, "has " + asked.size() + " turns of a user, but a question is one");
        }
        return asked.get(0);
    }

    private static JsonNode turns(PublishedRow row, String field, JsonNode value) {
        try {
            return value.isArray() ? value : JSON.readTree(value.asString());
        } catch (JacksonException malformed) {
            throw row.refused(field, "begins like a list of turns but is no JSON: " + malformed.getOriginalMessage());
        }
    }
}
