package dev.tempo.policy.http;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions as damage or malice sends them: all of a request are questions, or a line says which is none. */
class HostileQuestionsTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestIsQuestionsOrIsRefused(boolean lines) {
        HostileInputs.of("questions by HTTP, " + (lines ? "in lines" : "as one text"))
                .seeds(
                        "{\"id\": \"q-1\", \"question\": \"What is 1 + 1?\", \"domain\": \"math\", \"source\": \"kiosk\"}",
                        "[{\"question\": \"What is 1 + 1?\"}, {\"question\": \"What is $\\\\frac{1}{2}$?\"}]",
                        "{\"question\": \"1?\"}\n\n{\"question\": \"2?\"}\n")
                .words("\"question\"", "\"answer\"", "null", "[]", "{}", "\\u0000", "\"id\"")
                .refusedBy(IllegalArgumentException.class)
                .into(input -> QuestionText.read(new String(input, StandardCharsets.UTF_8), lines, null));
    }
}
