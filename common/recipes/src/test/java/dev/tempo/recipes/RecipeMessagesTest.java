package dev.tempo.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tempo.recipes.yaml.RecipeException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The errors of recipes, each in one line with file, line and field, in no library's words. */
class RecipeMessagesTest {
    private static final Pattern LIBRARY_WORDS = Pattern.compile(
            "(?i)snakeyaml|exception|block mapping|flow|scalar|token|<block|<document|java\\.|!!(?!int|binary)|node");

    private static final String WHOLE = """
            name: mine
            model: base
            data:
              labeled: {file: labeled.jsonl}
              unlabeled: {file: unlabeled.jsonl}
            evaluation: {every: 1, samples: 2, passAt: [1, 2], sets: {holdout: {file: holdout.jsonl}}}
            generation: {temperature: 1.0, maxNewTokens: 8}
            judges: {default: [rules]}
            stages:
              - name: first
                rounds: 1
                questionsFrom: unlabeled
                questions: 4
                samples: 2
                reward: critic
                recalibration: {every: 1, questions: 4, samples: 2}
                advantage: {baseline: before, whitening: true}
                policy: {learningRate: 1e-6, miniBatch: 4, clip: [0.03, 0.05]}
                critic: {learningRate: 5e-4, miniBatch: 4}
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("replacements")
    void aValueThatIsNotUnderstoodIsNamedWithItsLine(String text, String replacement, int line, String expected)
            throws IOException {
        assertThat(WHOLE).contains(text);
        Path file = write("mine.yaml", WHOLE.replace(text, replacement));

        assertThat(message(file)).startsWith(file + ":" + line + ": ").contains(expected);
    }

    static Stream<Arguments> replacements() {
        return Stream.of(
                of(
                        "passAt: [1, 2]",
                        "passAt: [1, 2], format: 'x=(a'",
                        6,
                        "evaluation.format is 'x=(a', which is no regular expression in RE2's syntax: missing closing )"),
                // fields
                of(
                        "maxNewTokens",
                        "maxNewToken",
                        7,
                        "generation.maxNewToken is no field of a recipe; did you mean 'maxNewTokens'?"),
                of("maxNewTokens", "max_new_tokens", 7, "did you mean 'maxNewTokens'?"),
                of("maxNewTokens: 8", "temprature: 8", 7, "did you mean 'temperature'?"),
                of(
                        "maxNewTokens: 8",
                        "length: 8",
                        7,
                        "generation.length is no field of a recipe; known fields here: temperature,"),
                of(
                        "name: mine",
                        "temperature: 1\nname: mine",
                        1,
                        "temperature is no field of a recipe in this place; it belongs to generation"),
                of(
                        "    rounds: 1",
                        "    learningRate: 1\n    rounds: 1",
                        11,
                        "it belongs to stages[].policy or to stages[].critic"),
                of(
                        "{every: 1, questions: 4, samples: 2}",
                        "{every: 1, question: 4, samples: 2}",
                        16,
                        "did you mean 'questions'?"),
                of(", miniBatch: 4, clip", ", clip", 18, "stages[0].policy.miniBatch is missing"),
                of("model: base", "model:", 2, "model is missing: nothing is written behind its ':'"),
                of("model: base", "model: ~", 2, "model is missing"),
                of("model: base", "model: ''", 2, "model is empty"),
                of("rounds: 1", "rounds: 1\n    rounds: 2", 12, "'rounds' is written twice, before on line 11"),
                of("rounds: 1", "rounds: 1\n    \"rounds\": 2", 12, "'rounds' is written twice"),
                of("name: mine", "[a]: b\nname: mine", 1, "a field's name must be a word"),
                // truth values
                of(
                        "whitening: true",
                        "whitening: yes",
                        17,
                        "stages[0].advantage.whitening must be true or false but is 'yes'"),
                of("whitening: true", "whitening: on", 17, "must be true or false but is 'on'"),
                of("whitening: true", "whitening: 1", 17, "must be true or false but is '1'"),
                of("whitening: true", "whitening: 'true'", 17, "must be true or false but is 'true' in quotes"),
                of("whitening: true", "whitening: [true]", 17, "must be true or false but is a list"),
                // numbers
                of("rounds: 1", "rounds: 0", 11, "stages[0].rounds must be at least 1 but is 0"),
                of("rounds: 1", "rounds: -3", 11, "must be at least 1 but is -3"),
                of("rounds: 1", "rounds: 1.5", 11, "must be a whole number but is '1.5'"),
                of("rounds: 1", "rounds: 010", 11, "is '010', which some read as octal"),
                of("rounds: 1", "rounds: 0x10", 11, "must be a whole number in decimal but is '0x10'"),
                of("rounds: 1", "rounds: 0o17", 11, "must be a whole number in decimal but is '0o17'"),
                of("rounds: 1", "rounds: '3'", 11, "is '3' in quotes; leave the quotes out"),
                of("rounds: 1", "rounds: 10 rounds", 11, "must be a whole number but is '10 rounds'"),
                of("rounds: 1", "rounds: 1,000", 11, "must be a whole number but is '1,000'"),
                of("rounds: 1", "rounds: 1__0", 11, "must be a whole number but is '1__0'"),
                of("rounds: 1", "rounds: 3000000000", 11, "must be at most 1000000 but is 3000000000"),
                of("rounds: 1", "rounds: 99999999999999999999999", 11, "must be at most 1000000"),
                of("rounds: 1", "rounds: 1e99999", 11, "must be at most 1000000"),
                of("rounds: 1", "rounds: .inf", 11, "must be a whole number that is finite but is '.inf'"),
                of("rounds: 1", "rounds: many", 11, "must be a whole number but is 'many'"),
                of("rounds: 1", "rounds: 8k", 11, "must be a whole number but is '8k'"),
                of(
                        "learningRate: 1e-6",
                        "learningRate: .nan",
                        18,
                        "policy.learningRate must be a number that is finite"),
                of("learningRate: 1e-6", "learningRate: Infinity", 18, "must be a number that is finite"),
                of("learningRate: 1e-6", "learningRate: 0", 18, "must be greater than 0 but is 0"),
                of("learningRate: 1e-6", "learningRate: -1e-6", 18, "must be greater than 0 but is -1e-6"),
                of("learningRate: 1e-6", "learningRate: 1e400", 18, "is too large"),
                of("learningRate: 1e-6", "learningRate: 1e-400", 18, "is too near to 0"),
                of("learningRate: 1e-6", "learningRate: 1d", 18, "must be a number but is '1d'"),
                of("learningRate: 1e-6", "learningRate: 1e", 18, "must be a number but is '1e'"),
                of(
                        "learningRate: 1e-6",
                        "learningRate: 1e-6, beta1: 1",
                        18,
                        "policy.beta1 must be less than 1 but is 1"),
                of(
                        "temperature: 1.0",
                        "temperature: 1.0, topP: 1.5",
                        7,
                        "generation.topP must be at most 1 but is 1.5"),
                of(
                        "name: mine",
                        "seed: 99999999999999999999\nname: mine",
                        1,
                        "seed must be at most 9223372036854775807"),
                // lists
                of(
                        "passAt: [1, 2]",
                        "passAt: 2",
                        6,
                        "evaluation.passAt must be a list, like [a, b], but is '2'; write [2]"),
                of("passAt: [1, 2]", "passAt: [1, two]", 6, "evaluation.passAt[1] must be a whole number but is 'two'"),
                of(
                        "passAt: [1, 2]",
                        "passAt: [1, 3]",
                        6,
                        "evaluation.passAt: pass@3 needs 1 <= k <= samples, and samples is 2"),
                of("[0.03, 0.05]", "0.03", 18, "policy.clip must be a list of 2, like [a, b], but is '0.03'"),
                of("[0.03, 0.05]", "[0.03]", 18, "policy.clip must be a list of 2 (number, greater than 0) but has 1"),
                of("[rules]", "rules", 8, "judges.default must be a list, like [a, b], but is 'rules'; write [rules]"),
                of(
                        "recalibration: {every: 1, questions: 4, samples: 2}",
                        "",
                        10,
                        "recalibration: is missing; a stage whose reward is the critic's says when that is fitted anew"),
                of("data:", "data: []\nold:", 4, "old is no field"),
                // words
                of(
                        "reward: critic",
                        "reward: Critc",
                        15,
                        "must be one of verdict, critic, majority-vote, cluster-share, selective-vote,"
                                + " mean-log-probability, guarded-vote but is 'Critc'; did you mean 'critic'?"),
                of("reward: critic", "reward: oracle", 15, "stages[0].reward must be one of"),
                of("reward: critic", "reward: verdict", 15, "stages[0].reward: verdicts need labeled questions"),
                of(
                        "questions: 4, samples: 2}",
                        "questions: 4, samples: 2, questionsFrom: unlabeled}",
                        16,
                        "must be one of labeled, labeled/train, labeled/calibration"),
                // names
                of("name: mine", "name: ../../evil", 1, "name may hold up to 100 letters, digits"),
                of("name: mine", "name: my recipe", 1, "it is 'my recipe'"),
                of("name: mine", "name: |\n  mine", 1, "it is 'mine\\n'"),
                of("name: mine", "name: ..", 1, "it is '..'"),
                of("name: mine", "name: " + "x".repeat(101), 1, "up to 100 letters"),
                of("name: first", "name: a/b", 10, "stages[0].name may hold up to 100 letters"),
                of("holdout:", "a/b:", 6, "evaluation.sets: the name of a set may hold up to 100 letters"),
                // paths
                of("model: base", "model: https://huggingface.co/Qwen/Qwen3-8B", 2, "must be a path; download it"),
                of("model: base", "model: $HOME/models/base", 2, "variables mean nothing in a recipe"),
                of("model: base", "model: ~other/base", 2, "~ stands for your own home directory only"),
                // YAML
                of("name: mine", "name: mine: yours", 1, "not valid YAML: a second ': ' in one line"),
                of("\n    rounds: 1", "\n\trounds: 1", 11, "not valid YAML: a tab stands where only spaces may"),
                of(
                        "\n    rounds: 1",
                        "\n   rounds: 1",
                        11,
                        "not valid YAML: this line is indented unlike those it belongs with"),
                of(
                        "[0.03, 0.05]",
                        "[0.03, 0.05",
                        18,
                        "not valid YAML: a list that begins with '[' lacks a ',' or its ']'"),
                of("{default: [rules]}", "{default: [rules]", 9, "not valid YAML: a section that begins with '{'"),
                of(
                        "model: base",
                        "model: \"base",
                        2,
                        "not valid YAML: a quotation mark is opened here and never closed"),
                of(
                        "model: base",
                        "model: \"C:\\data\"",
                        2,
                        "not valid YAML: in double quotes a backslash begins an escape"),
                of("model: base", "model: @base", 2, "not valid YAML: a value may not begin with this character"),
                of("model: base", "model: *base", 2, "not valid YAML: *name takes over what &name marks"),
                of("model: base", "model: !!binary aGk=", 2, "the tag '!!binary' means nothing in a recipe"),
                of("rounds: 1", "rounds: !!int 1", 11, "the tag '!!int' means nothing in a recipe"),
                of("model: base", "--- \nmodel: base", 2, "not valid YAML: a second document begins here"),
                of("model: base", "model base", 2, "not valid YAML: a "),
                of(
                        "critic: {learningRate",
                        "critic: {<<: base, learningRate",
                        19,
                        "<< takes over the fields of a section"),
                of("model: base", "model: &x [*x]", 2, "is a part of itself by an alias"));
    }

    private static Arguments of(String text, String replacement, int line, String expected) {
        return Arguments.of(text, replacement, line, expected);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatIsNoRecipeIsSaidToBeWhatItIs(byte[] content, String expected) throws IOException {
        Path file = Files.write(directory.resolve("mine.yaml"), content);

        assertThat(message(file)).startsWith(file + ":").contains(expected);
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("".getBytes(StandardCharsets.UTF_8), "is empty"),
                Arguments.of("# only a comment\n".getBytes(StandardCharsets.UTF_8), "is empty"),
                Arguments.of(
                        "- name: mine\n".getBytes(StandardCharsets.UTF_8), ":1: is a list but a recipe is a mapping"),
                Arguments.of("mine\n".getBytes(StandardCharsets.UTF_8), ":1: is plain text but a recipe is a mapping"),
                Arguments.of(
                        "{\"a\": 1}\n{\"b\": 2}\n".getBytes(StandardCharsets.UTF_8),
                        ":2: not valid YAML: the recipe ends before"),
                Arguments.of(WHOLE.getBytes(StandardCharsets.UTF_16), "is written in UTF-16; save it as UTF-8"),
                Arguments.of(WHOLE.getBytes(StandardCharsets.UTF_16LE), "is written in UTF-16"),
                Arguments.of(
                        WHOLE.replace("mine", "größe").getBytes(Charset.forName("windows-1252")),
                        ":1: the byte 0xF6 is no UTF-8"),
                Arguments.of(new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0}, ":1: holds the control character U+0003"),
                Arguments.of(new byte[2 << 20], "is larger than a recipe can be"));
    }

    @Test
    void aliasesThatGrowWithoutEndAreRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("x0: &a0 [1, 1]\n");
        StringBuilder deep = new StringBuilder("x0: &a0 [1]\n");
        for (int i = 1; i < 200; i++) {
            bomb.append("x%d: &a%d [*a%d, *a%d, *a%d]%n".formatted(i, i, i - 1, i - 1, i - 1));
            deep.append("x%d: &a%d [*a%d]%n".formatted(i, i, i - 1));
        }
        assertThat(message(write("bomb.yaml", bomb.toString()))).contains("has more than 20000 values");
        assertThat(message(write("deep.yaml", deep.toString()))).contains("nested more than 50 deep");
        assertThat(message(write("brackets.yaml", "x: " + "[".repeat(5000)))).contains("nested too deep");
    }

    @Test
    void whatIsNoFileIsSaid() {
        assertThat(message(directory)).contains("is a directory; name the recipe's file in it");
        assertThat(message(directory.resolve("nowhere.yaml"))).contains("no such recipe file");
    }

    @Test
    void anAliasAndAMergeKeyAreUnderstood() throws IOException {
        Path file = write(
                "mine.yaml",
                WHOLE.replace("policy: {", "policy: &rates {weightDecay: 0.5, ")
                        .replace("critic: {learningRate: 5e-4, miniBatch: 4}", "critic: {<<: *rates, clip: 0.2}"));

        var stage = RecipeFile.read(file, null).stages().get(0);

        assertThat(stage.critic().optimizer().learningRate()).isEqualTo(1e-6);
        assertThat(stage.critic().optimizer().weightDecay()).isEqualTo(.5);
        assertThat(stage.critic().clip()).isEqualTo(.2);
        Path wrong = write("wrong.yaml", Files.readString(file).replace(", clip: 0.2", ""));
        assertThat(message(wrong))
                .startsWith(
                        wrong + ":19: stages[0].critic.clip must be a number but is a list (<< takes it from line 18)");
    }

    @Test
    void numbersAndTruthValuesMayBeWrittenAsYamlHasThem() throws IOException {
        Path file = write(
                "mine.yaml",
                "\uFEFF"
                        + WHOLE.replace("\n", "\r\n")
                                .replace("whitening: true", "whitening: False")
                                .replace("rounds: 1", "rounds: 1_000")
                                .replace("maxNewTokens: 8", "maxNewTokens: 1e3")
                                .replace("questions: 4\r", "questions: 4.0\r")
                                .replace("[0.03, 0.05]", "[.5, 3.e-4]")
                                .replace("1e-6", "+1E-6")
                                .replace("model: base", "model: ~/base"));

        var recipe = RecipeFile.read(file, null);

        var stage = recipe.stages().get(0);
        assertThat(stage.advantage().whitening()).isFalse();
        assertThat(stage.rounds()).isEqualTo(1000);
        assertThat(stage.questions()).isEqualTo(4);
        assertThat(stage.policy().clipLow()).isEqualTo(.5);
        assertThat(stage.policy().clipHigh()).isEqualTo(3e-4);
        assertThat(stage.policy().optimizer().learningRate()).isEqualTo(1e-6);
        assertThat(recipe.generation().maxNewTokens()).isEqualTo(1000);
        assertThat(recipe.model()).isEqualTo(System.getProperty("user.home") + "/base");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String message(Path file) {
        Throwable refusal = catchThrowable(() -> RecipeFile.read(file, null));
        assertThat(refusal).isInstanceOf(RecipeException.class);
        String message = String.valueOf(refusal.getMessage());
        assertThat(message).hasLineCount(1);
        String words =
                message.replace(file.toString(), "").replaceAll("maxNewTokens?|microBatchTokens|max_new_tokens", "");
        assertThat(LIBRARY_WORDS.matcher(words).find()).as(words).isFalse();
        return message;
    }
}
