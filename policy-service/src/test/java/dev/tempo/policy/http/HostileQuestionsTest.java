package dev.tempo.policy.http;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Questions as damage or malice sends them: all of a request are questions, or a line says which is none. */
class HostileQuestionsTest {

    private static final String QUESTION =
            "{\"id\": \"q-1\", \"question\": \"What is 1 + 1?\", \"domain\": \"math\", \"source\": \"kiosk\"}";

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
                .words("\"question\"", "\"answer\"", "null", "[]", "{}", "\\u0000", "\"id\"")
                .refusedBy(IllegalArgumentException.class)
                .into(input -> QuestionText.read(new String(input, StandardCharsets.UTF_8), lines, null));
    }
}
