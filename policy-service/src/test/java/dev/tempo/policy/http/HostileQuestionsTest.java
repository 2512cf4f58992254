package dev.tempo.policy.http;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Questions as damage or malice sends them: all of a request are questions, or a line says which is none. */
class HostileQuestionsTest {

    private static final String QUESTION =
            "{\"id\": \"q-1\", \"question\": \"What is 1 + 1?\", \"domain\": \"math\", \"source\": \"kiosk\"}";

    /** The shortest questions there are, in lines and as a list: each costs its reader far more than its length. */
    private static final String[] MANY_SHORT = {
        "{\"question\":\"?\"}\n".repeat(1_900), "[" + "{\"question\":\"?\"},".repeat(1_900) + "{\"question\":\"?\"}]"
    };

    /** Names that were kept for the next request. */
    private static final String[] MANY_NAMES = IntStream.range(0, 400)
            .mapToObj(request -> "{\"" + "n".repeat(40_000) + request + "\": 1}")
            .toArray(String[]::new);

    @Test
    void oneTextIsQuestionsOrIsRefused() {
        hostile("as one text", false, QUESTION, "[{\"question\": \"What is $\\\\frac{1}{2}$?\"}, " + QUESTION + "]");
    }

    @Test
    void linesAreQuestionsOrAreRefused() {
        hostile("in lines", true, QUESTION, QUESTION + "\n\n{\"question\": \"2?\"}\n");
    }

    private static void hostile(String how, boolean lines, String... seeds) {
        HostileInputs.of("questions by HTTP, " + how)
                .seeds(seeds)
                .found(MANY_SHORT)
                .found(MANY_NAMES)
                .words("\"question\"", "\"answer\"", "null", "[]", "{}", "\\u0000", "\"id\"")
                .refusedBy(IllegalArgumentException.class)
                .into(input -> QuestionText.read(new String(input, StandardCharsets.UTF_8), lines, null));
    }
}
