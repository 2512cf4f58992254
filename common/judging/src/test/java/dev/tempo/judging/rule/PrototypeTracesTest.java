package dev.tempo.judging.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rule on what the prototype's models and teacher wrote; skipped where that is not at hand. */
class PrototypeTracesTest {
    private static final int TIMES = 3;
    private static final int PLUS = 2;
    private static final int YES = 8;
    private static final int NO = 9;
    private static final int END = 10;
    private static final int ZERO = 11;

    private final BlockInversionJudge judge = new BlockInversionJudge();

    @ParameterizedTest
    @ValueSource(strings = {"base-seed0", "base-seed1", "base-seed2", "stage1-seed0", "stage1-seed1", "stage1-seed2"})
    void textAndTokensGiveTheSameAnswer(String folder) throws IOException {
        JsonNode sequences = JsonMapper.shared().readTree(Files.readString(file(folder, "reference.json")));

        assertThat(sequences).isNotEmpty().allSatisfy(sequence -> {
            String text = sequence.get("text")
                    .asString()
                    .substring(sequence.get("prompt_length").asInt());
            int end = text.indexOf('$');
            String response = end < 0 ? text : text.substring(0, end);
            assertThat(judge.answer(response, end >= 0)).isEqualTo(answerByTokens(sequence));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base-seed0", "base-seed1", "base-seed2"})
    void theTeachersLastGuessIsItsAnswer(String folder) throws IOException {
        List<String> lines = Files.readAllLines(file(folder, "rehearsal.jsonl"));

        assertThat(lines).hasSizeGreaterThan(1000).allSatisfy(line -> {
            JsonNode trace = JsonMapper.shared().readTree(line);
            String response = trace.get("response").asString();
            int blocks = trace.get("question").asString().split("\\*", -1).length - 1;
            String lastGuess = response.substring(3 * blocks - 1, 3 * blocks);
            assertThat(judge.answer(response.substring(0, response.length() - 1), true))
                    .isEqualTo(lastGuess);
        });
    }

    /** The measured definition, word for word on token ids. */
    private static @Nullable String answerByTokens(JsonNode sequence) {
        List<Integer> tokens = new ArrayList<>();
        sequence.get("ids").forEach(id -> tokens.add(id.asInt()));
        List<Integer> response = tokens.subList(sequence.get("prompt_length").asInt(), tokens.size());
        int end = response.indexOf(END);
        int operator = 0;
        while (operator < response.size() && response.get(operator) != PLUS && response.get(operator) != TIMES) {
            operator++;
        }
        boolean wellFormed = end >= 1
                && operator >= 1
                && operator < end
                && response.get(operator - 1) >= ZERO
                && (response.get(end - 1) == YES || response.get(end - 1) == NO);
        return wellFormed ? Integer.toString(response.get(operator - 1) - ZERO, 11) : null;
    }

    private static Path file(String folder, String name) {
        return SharedFiles.at("prototype/" + folder + "/" + name);
    }
}
