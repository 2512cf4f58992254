package dev.tempo.datasets.file;

import dev.tempo.datasets.DataFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A conversation as publishers write a question down: a list of {@code {role, content}}, one of them a user's. */
public final class Conversation {
    private static final String ROLE = "role";

    private Conversation() {}

    /** Whether a value is the turns of a conversation. */
    public static boolean is(JsonNode value) {
        return value.isArray() && value.path(0).has(ROLE);
    }

    /**
     * What the user asks.
     *
     * @param text the text of a turn's content
     * @param refused the failure for a conversation that is not one question
     */
    public static String asked(
            JsonNode turns, Function<JsonNode, String> text, Function<String, DataFileException> refused) {
        List<String> asked = new ArrayList<>();
        for (JsonNode turn : turns) {
            String role = turn.path(ROLE).asString("");
            switch (role) {
                case "user", "human" -> asked.add(text.apply(turn.path("content")));
                case "system" -> {}
                default ->
                    throw refused.apply(
                            "has a turn of role '" + role + "'; a question is one turn of a user, leave this row out");
            }
        }
        if (asked.size() != 1) {
            throw refused.apply("has " + asked.size() + " turns of a user, but a question is one");
        }
        return asked.get(0);
    }
}
