package dev.tempo.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.scripts.PeerProcess;
import dev.tempo.model.tokens.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models of the worlds in words, read by transformers: bases of both families, a policy that a run has trained and, where {@code tempo.final} names
 * one, the final model of any run of it. Opt-in: where {@code tempo.benchmark.python} names a Python that has the package; what they
 * continue is compared where that Python has torch, too.
 */
class TransformersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path WORDS = Path.of("..", "..", "recipes", "words", "seed0");
    private static final Path BASE = WORDS.resolve("base");
    private static final Path TELLINGS = Path.of("..", "..", "recipes", "tellings", "seed0", "base");
    private static final int QUESTIONS = 24;
    private static final String PROMPT =
            "<|im_start|>user\nA number is multiplied by %d and %d is added. Modulo 11 this gives"
                    + " %d. Which number was it?<|im_end|>\n<|im_start|>assistant\n<think>\n";

    @Test
    void textsBecomeTheSameIdsAndQuestionsTheSamePrompts() {
        try (PeerProcess transformers = PeerProcess.transformers(BASE);
                Tokenizer tokenizer = Tokenizer.read(BASE.resolve("tokenizer.json"))) {
            assumeTrue(transformers.isThere(), "Python's package transformers");
            for (String text : List.of(
                    PROMPT.formatted(3, 10, 10),
                    "Undo times 2 plus 7: 8.\n</think>\n\nThe answer is \\boxed{10}. Check: 10 * 3 = 8,<|im_end|>",
                    "\u00e4  \u6570\u5b57 12345\n\n\t it's")) {
                assertThat(ids(ask(transformers, Map.of("text", text)))).isEqualTo(tokenizer.encode(text));
            }
            String question =
                    "A number is multiplied by 3 and 10 is added. Modulo 11 this gives 10. Which number was it?";
            assertThat(ask(transformers, Map.of("user", question)).asString()).isEqualTo(PROMPT.formatted(3, 10, 10));
        }
    }

    static Stream<Path> models() {
        return Stream.concat(
                Stream.of(BASE, WORDS.resolve("stage1").resolve("policy"), WORDS.resolve("base-olmo3"), TELLINGS),
                Stream.ofNullable(System.getProperty("tempo.final"))
                        .map(Path::of)
                        .map(Path::toAbsolutePath));
    }

    /** What it solves here it solves there: to the same questions it says the same, greedily, up to its end token. */
    @ParameterizedTest
    @MethodSource("models")
    void greedyContinuationsAreTheSame(Path model) throws IOException {
        try (PeerProcess transformers = PeerProcess.transformers(model);
                Tokenizer tokenizer = Tokenizer.read(model.resolve("tokenizer.json"));
                Policy policy = Policy.load(model);
                Stream<String> rows = Files.lines(WORDS.resolve("unlabeled-answers.jsonl"))) {
            assumeTrue(transformers.isThere(), "Python's package transformers");
            for (String row : rows.limit(QUESTIONS).toList()) {
                String prompt = ask(
                                transformers,
                                Map.of(
                                        "user",
                                        JSON.readTree(row).get("question").asString()))
                        .asString();
                JsonNode theirs = ask(transformers, Map.of("continue", prompt, "tokens", 66));
                assumeTrue(theirs.isArray(), "Python's package torch");
                GenerationTask task =
                        new GenerationTask(tokenizer.encode(prompt), 0, new SamplingSettings(0, 66), null);
                int[] ours = policy.generate(List.of(task)).get(0).responseIds();
                assertThat(ours).as(row).isEqualTo(ids(theirs));
                assertThat(tokenizer.decode(ours)).contains("\\boxed{");
            }
        }
    }

    private static JsonNode ask(PeerProcess transformers, Map<String, Object> request) {
        return JSON.readTree(transformers.line(JSON.writeValueAsString(request)));
    }

    private static int[] ids(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
