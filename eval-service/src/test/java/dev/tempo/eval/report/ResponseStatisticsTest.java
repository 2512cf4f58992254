package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.Score;
import dev.tempo.eval.report.MeasuredQuestion.Response;
import dev.tempo.plugin.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponseStatisticsTest {
    private static final Response FAILED = new Response(null, null, 0, false);

    @TempDir
    Path directory;

    @Test
    void meansAreOverQuestionsAndLengthsOverResponses() {
        ResponseStatistics statistics = ResponseStatistics.of(
                "s",
                List.of(
                        question(right(10), right(20), cutOff(40), unanswered(30)),
                        question(right(5), FAILED),
                        question(FAILED, FAILED)),
                1);

        assertThat(statistics.responses()).isEqualTo(5);
        // (1/4 + 0)/2, (2/4 + 0)/2 and (25 + 5)/2: what was cut off has no answer either
        assertThat(value(statistics.truncated())).isEqualTo(.125);
        assertThat(value(statistics.unanswered())).isEqualTo(.25);
        assertThat(value(statistics.tokens())).isEqualTo(15);
        // 5 10 20 30 40: the third, the fifth, the last
        assertThat(statistics.median()).isEqualTo(20);
        assertThat(statistics.ninetieth()).isEqualTo(40);
        assertThat(statistics.longest()).isEqualTo(40);
    }

    @Test
    void theIntervalSpansWhatOtherQuestionsWouldGive() {
        // 20 questions, every other one with 10 tokens and 30: means of 20 draws have a standard deviation of
        // 10/sqrt(20) = 2.24
        List<MeasuredQuestion> questions = IntStream.range(0, 20)
                .mapToObj(number -> question(right(number % 2 == 0 ? 10 : 30)))
                .toList();

        Score tokens =
                Objects.requireNonNull(ResponseStatistics.of("s", questions, 7).tokens());

        assertThat(value(tokens)).isEqualTo(20);
        assertThat(tokens.interval().low()).isBetween(20 - 2.4 * 2.24, 20 - 1.5 * 2.24);
        assertThat(tokens.interval().high()).isBetween(20 + 1.5 * 2.24, 20 + 2.4 * 2.24);
        assertThat(ResponseStatistics.of("s", questions, 7).tokens()).isEqualTo(tokens);
    }

    @Test
    void anUndecidedResponseIsNoUnansweredOne() {
        assertThat(value(ResponseStatistics.of(
                                "s", List.of(question(new Response(Outcome.UNDECIDED, null, 3, false), right(3))), 1)
                        .unanswered()))
                .isZero();
    }

    @Test
    void whereNothingWasGeneratedThereIsNoMean() {
        ResponseStatistics statistics = ResponseStatistics.of("s", List.of(question(FAILED)), 1);

        assertThat(statistics.responses()).isZero();
        assertThat(statistics.truncated()).isNull();
        assertThat(statistics.tokens()).isNull();
        assertThat(statistics.longest()).isZero();
    }

    @Test
    void questionsAreReadAsTheyWereWrittenAndADamagedFileIsNamed() throws IOException {
        Path file = directory.resolve("questions.jsonl");
        List<MeasuredQuestion> questions = List.of(named("s/q", right(3), FAILED), named("s/r", unanswered(1)));

        MeasuredQuestion.write(file, questions::forEach);

        assertThat(MeasuredQuestion.read(file)).isEqualTo(questions);
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{\"set\":\"s\",\"question\":\"s/q\",")
                .contains("{\"outcome\":null,\"answer\":null,\"tokens\":0,\"truncated\":false}");
        MeasuredQuestion.write(file, writer -> IntStream.range(0, 2).forEach(twice -> writer.accept(questions.get(0))));
        assertThatThrownBy(() -> MeasuredQuestion.read(file))
                .hasMessage(file + " cannot be read")
                .hasRootCauseMessage("line 2 is of a question that has one before");
        Files.writeString(file, "{\"set\":");
        assertThatThrownBy(() -> MeasuredQuestion.read(file)).hasMessage(file + " is damaged");
    }

    private static MeasuredQuestion question(Response... responses) {
        return named("s/q", responses);
    }

    private static MeasuredQuestion named(String id, Response... responses) {
        return new MeasuredQuestion("s", id, .5, Map.of(1, .5), 1.0, List.of(responses));
    }

    private static Response right(int tokens) {
        return new Response(Outcome.CORRECT, "7", tokens, false);
    }

    private static Response cutOff(int tokens) {
        return new Response(Outcome.WRONG, null, tokens, true);
    }

    private static Response unanswered(int tokens) {
        return new Response(Outcome.WRONG, null, tokens, false);
    }

    private static double value(@Nullable Score score) {
        return score == null ? Double.NaN : score.value();
    }
}
