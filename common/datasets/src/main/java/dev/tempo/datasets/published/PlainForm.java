package dev.tempo.datasets.published;

import dev.tempo.datasets.file.Conversation;
import dev.tempo.datasets.file.JsonFault;
import dev.tempo.datasets.file.StrangersJson;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of a question and an answer, each in a field of its own. The question may be a conversation, a list of
 * {@code {role, content}} or the text of one, of which the user's part is taken; so may a field {@code messages} beside
 * it.
 */
final class PlainForm implements RowForm {
    private static final JsonMapper JSON = StrangersJson.READER;

    private static final String MESSAGES = "messages";
    /** The text that GSM8K writes between a worked solution and its result. */
    private static final String SOLVED = "\n#### ";

    private static final List<String> OPTIONS = List.of(
            "endings",
            "ending0",
            "sol1",
            "option1",
            "option_1",
            "opa",
            "option_a",
            "choice1",
            "choice_a",
            "candidates",
            "alternatives",
            "answer_choices",
            "possible_answers",
            "distractors",
            "distractor1",
            "mc1_targets",
            "mc2_targets",
            "incorrect_answers");

    @Override
    public boolean fits(PublishedRow row, FieldNames names) {
        return true;
    }

    @Override
    public String question(PublishedRow row, FieldNames names) {
        boolean conversation = names.question() == null
                && row.field(MESSAGES)
                        .filter(PlainForm::isConversation)
                        .filter(turns -> !isAnswered(turns))
                        .isPresent();
        String field = conversation ? MESSAGES : row.questionField(names);
        JsonNode value = row.required(field);
        refuseUnknownOptions(row);
        return isConversation(value) ? asked(row, field, value) : PublishedPrompts.without(row.text(field, value));
    }

    @Override
    public String answer(PublishedRow row, FieldNames names) {
        String answer = row.answer(names);
        int solved = answer.lastIndexOf(SOLVED);
        return solved < 0 ? answer : answer.substring(solved + SOLVED.length()).strip();
    }

    /** Options in a form that is not known would be left out, and nobody could answer. */
    private static void refuseUnknownOptions(PublishedRow row) {
        for (String name : OPTIONS) {
            if (row.field(name).isPresent()) {
                throw row.refused(
                        name,
                        "seems to be an option or options, in a form that is not known; the row has "
                                + row.fields().propertyNames()
                                + ". Write the question as 'question', all options as a list 'options', and the right one as"
                                + " 'answer': its letter, or its place from 0");
            }
        }
    }

    /** A conversation that ends with the answer belongs to a row that has its question elsewhere too. */
    private static boolean isAnswered(JsonNode turns) {
        return turns.isArray()
                && turns.valueStream()
                        .anyMatch(turn -> turn.path("role").asString("").equals("assistant"));
    }

    private static boolean isConversation(JsonNode value) {
        return Conversation.is(value)
                || value.isString() && value.asString().stripLeading().startsWith("[{");
    }

    private static String asked(PublishedRow row, String field, JsonNode value) {
        return Conversation.asked(
                turns(row, field, value),
                content -> row.text(field + ".content", content),
                problem -> row.refused(field, problem));
    }

    private static JsonNode turns(PublishedRow row, String field, JsonNode value) {
        try {
            return value.isArray() ? value : JSON.readTree(value.asString());
        } catch (JacksonException malformed) {
            throw row.refused(field, "begins like a list of turns but " + JsonFault.of(value.asString(), malformed));
        }
    }
}
