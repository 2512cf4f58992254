package dev.tempo.rollout.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.inference.Environment;
import dev.tempo.plugin.TextEnvironment;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenizedEnvironmentTest {

    @Test
    void aTextIsWrittenTokenByTokenAndThenTheModelGoesOn() {
        TokenizedEnvironment environment = over(response -> response.endsWith("=") ? "42" : null);

        assertThat(written(environment, "1=42+")).isEqualTo("..42..");
    }

    @Test
    void anAnswerIsAFunctionOfTheResponseAlone() {
        TokenizedEnvironment environment = over(response -> response.endsWith("=") ? "42" : null);

        assertThat(next(environment, "1=4")).isEqualTo("2");
        assertThat(next(environment, "1=4")).isEqualTo("2");
        assertThat(next(environment, "1=")).isEqualTo("4");
        assertThat(next(environment, "5")).isEqualTo(".");
        assertThat(next(environment, "5=4")).isEqualTo("2");
        assertThat(next(environment, "1=42")).isEqualTo(".");
    }

    @Test
    void withinItsOwnTextItIsNotAsked() {
        TokenizedEnvironment environment = over(response -> response.endsWith("=") ? "7=7" : null);

        assertThat(next(environment, "=7=")).isEqualTo("7");
        assertThat(next(environment, "=7=7")).isEqualTo(".");
    }

    @Test
    void oneThatThrowsIsNamedAndSilent() {
        TokenizedEnvironment environment = over(response -> {
            throw new IllegalStateException("no more numbers");
        });

        assertThat(next(environment, "1")).isEqualTo(".");
        assertThat(environment.failure()).contains("'spoken'", "no more numbers");
    }

    @Test
    void oneThatNeverStopsIsNamed() {
        TokenizedEnvironment environment = over(response -> "1");

        assertThat(next(environment, "1".repeat(100))).isEqualTo(".");
        assertThat(environment.failure()).contains("'spoken' never stops", "64");
    }

    @Test
    void aTextThatTheTokenizerCannotExpressIsNamed() {
        TokenizedEnvironment environment = over(response -> "é");

        assertThat(next(environment, "")).isEqualTo(".");
        assertThat(environment.failure()).contains("'é'", "cannot express");
    }

    /** For every length of a response what the environment writes there; a dot where it is silent. */
    private static String written(TokenizedEnvironment environment, String response) {
        StringBuilder written = new StringBuilder();
        for (int length = 0; length <= response.length(); length++) {
            written.append(next(environment, response.substring(0, length)));
        }
        return written.toString();
    }

    private static String next(TokenizedEnvironment environment, String response) {
        int id = environment.next(CalculatorTest.ids("x"), CalculatorTest.ids(response), response.length());
        return id == Environment.NONE ? "." : decode(new int[] {id});
    }

    private static TokenizedEnvironment over(UnaryOperator<@Nullable String> texts) {
        return new TokenizedEnvironment(
                new TextEnvironment() {
                    @Override
                    public String name() {
                        return "spoken";
                    }

                    @Override
                    public String version() {
                        return "1";
                    }

                    @Override
                    public @Nullable String next(String prompt, String response) {
                        return texts.apply(response);
                    }
                },
                TokenizedEnvironmentTest::encode,
                TokenizedEnvironmentTest::decode);
    }

    private static int[] encode(String text) {
        int[] ids = CalculatorTest.ids(text);
        for (int id : ids) {
            if (id < 0) {
                throw new IllegalArgumentException("no token for it");
            }
        }
        return ids;
    }

    private static String decode(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(CalculatorTest.VOCABULARY.charAt(id));
        }
        return text.toString();
    }
}
