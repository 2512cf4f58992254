package dev.tempo.standalone.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.rollout.environment.CheckedArithmetic;
import dev.tempo.rollout.environment.TokenizedEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsModelTest {
    private static final WordsModel NUMBERS = new WordsModel(Telling.NUMBERS);

    @TempDir
    Path directory;

    private List<WorkedQuestion> corpus = List.of();

    @BeforeEach
    void initialise() {
        World world = new World(1);
        Teacher teacher = new Teacher(world);
        corpus = world.corpus(400).stream().map(teacher::work).toList();
        NUMBERS.initialise(corpus, BaseFamily.QWEN3, 1, directory);
    }

    @Test
    void anUntrainedModelIsADirectoryLikeAnybodys() {
        ModelDirectory model = new ModelDirectory(directory);

        assertThat(model.config().parameters()).isBetween(180_000L, 600_000L);
        try (Tokenizer tokenizer = model.tokenizer()) {
            assertThat(tokenizer.token(model.config().endTokenIds().get(0))).isEqualTo("<|im_end|>");
            assertThat(tokenizer.token(model.config().padTokenId().orElseThrow()))
                    .isEqualTo("<|endoftext|>");
            assertThat(tokenizer.vocabularySize()).isEqualTo(model.config().vocabularySize());
        }
        assertThat(ChatTemplate.of(directory).orElseThrow().prompt(null, "Why?", null))
                .isEqualTo("<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n<think>\n");
    }

    @Test
    void aBaseOfAnotherFamilyReadsAndWritesTheSameTokens() throws IOException {
        Path other = directory.resolve("other");

        NUMBERS.initialise(corpus, BaseFamily.OLMO3, 1, other);

        assertThat(other.resolve("tokenizer.json")).hasSameBinaryContentAs(directory.resolve("tokenizer.json"));
        ModelConfig config = new ModelDirectory(other).config();
        assertThat(config.modelType()).isEqualTo("olmo3");
        assertThat(config.attention())
                .extracting(attention -> attention.window().orElse(0))
                .containsExactly(48, 48, 48, 0);
        assertThat(config.tiedEmbeddings()).isFalse();
        assertThat(config.vocabularySize())
                .isEqualTo(new ModelDirectory(directory).config().vocabularySize());
    }

    @Test
    void aWorldSaysOfWhichFamiliesItHasBases() {
        assertThat(ShippedWorld.WORDS.has(BaseFamily.OLMO3)).isTrue();
        assertThat(ShippedWorld.QUICKSTART.has(BaseFamily.OLMO3)).isFalse();
        assertThat(BaseFamily.ofDirectory("base-olmo3")).contains(BaseFamily.OLMO3);
        assertThat(BaseFamily.ofDirectory("base")).contains(BaseFamily.QWEN3);
        assertThat(BaseFamily.ofDirectory("bases")).isEmpty();
        assertThat(WordsModel.untrained(BaseFamily.OLMO3, directory))
                .as("what was interrupted of one family is not what another goes on with")
                .isNotEqualTo(WordsModel.untrained(BaseFamily.QWEN3, directory));
    }

    @Test
    void numbersAndWordsAreWholeTokens() {
        try (Tokenizer tokenizer = new ModelDirectory(directory).tokenizer()) {
            assertThat(tokenizer.encode(" 10")).hasSize(1);
            assertThat(tokenizer.encode(" multiplied by 10")).hasSize(3);
            for (WorkedQuestion worked : corpus) {
                // 57 tokens with two blocks, without the end token.
                assertThat(tokenizer.encode(EnglishLanguage.text(Telling.NUMBERS, worked)))
                        .hasSize(20 + 18 * worked.check().size());
            }
        }
    }

    @Test
    void aTraceIsInTheFormThatTheRecipeLooksFor() {
        String format = Objects.requireNonNull(RecipeFile.read(Path.of("..", "recipes", "words.yaml"), null)
                .evaluation()
                .format());

        assertThat(corpus)
                .allMatch(
                        worked -> EnglishLanguage.text(Telling.NUMBERS, worked).matches(format));
        assertThat(EnglishLanguage.text(Telling.NUMBERS, corpus.get(0)).replace(" Wanted", ""))
                .doesNotMatch(format);
    }

    /** What a trace marks as the environment's is exactly what the environment writes when it is asked token by token. */
    @ParameterizedTest
    @EnumSource
    void tracesMarkWhatTheEnvironmentOfTheRecipeWrites(Telling telling) {
        Path model = directory.resolve(telling.name());
        new WordsModel(telling).initialise(corpus, BaseFamily.QWEN3, 1, model);
        ChatTemplate template = ChatTemplate.of(model).orElseThrow();
        try (Tokenizer tokenizer = new ModelDirectory(model).tokenizer()) {
            EnglishLanguage language =
                    new EnglishLanguage(telling, tokenizer::encode, question -> template.prompt(null, question, null));
            for (WorkedQuestion worked : corpus) {
                Trace trace = language.trace(worked);
                int[] prompt = tokenizer.encode(trace.question());
                int[] response = tokenizer.encode(trace.response());
                assertThat(tokenizer.decode(response)).isEqualTo(trace.response());
                Environment environment =
                        new TokenizedEnvironment(new CheckedArithmetic(), tokenizer::encode, tokenizer::decode);
                List<Integer> written = new ArrayList<>();
                for (int position = 0; position < response.length; position++) {
                    int next = environment.next(prompt, response, position);
                    if (next != Environment.NONE) {
                        assertThat(next).isEqualTo(response[position]);
                        written.add(position);
                    }
                }
                assertThat(written).isEqualTo(trace.calculated());
            }
        }
    }

    @Test
    void halfOfTheQuestionsAreOfADomainOfTheirOwn() throws IOException {
        World world = new World(1);
        EnglishLanguage language =
                new EnglishLanguage(Telling.SEVERAL, text -> text.chars().toArray(), question -> question);

        new WorldFiles(directory, language).write(world, List.of());

        assertThat(Files.readAllLines(directory.resolve("labeled.jsonl")))
                .hasSize(900)
                .allMatch(line -> line.matches(".*\"answer\":\"(\\d|10)\",\"domain\":\"number\".*")
                        || line.matches(".*K\\. \\d+.*\"answer\":\"[A-K]\",\"domain\":\"choice\".*"))
                .filteredOn(line -> line.contains("\"choice\""))
                .hasSizeBetween(360, 540);
        assertThat(Files.readAllLines(directory.resolve("unlabeled.jsonl")))
                .hasSize(128)
                .allMatch(line -> line.contains("domain") && !line.contains("answer\""));
    }

    /** So that whether what is learned carries over to another language is a matter of the language alone. */
    @Test
    void heldOutQuestionsComeAgainInTheOtherLanguageAndNothingElseDoes() throws IOException {
        World world = new World(1);
        new WordsModel(Telling.SEVERAL, Telling.GERMAN)
                .write(world, WordsModel.corpus(world), BaseFamily.QWEN3, directory.resolve("tellings"));
        Path files = directory.resolve("tellings");

        List<String> german = Files.readAllLines(files.resolve("holdout-german.jsonl"));
        assertThat(german).hasSize(128).allMatch(line -> line.contains("Eine Zahl wird"));
        assertThat(answers(german)).isEqualTo(answers(Files.readAllLines(files.resolve("holdout.jsonl"))));
        for (String file :
                List.of("labeled.jsonl", "unlabeled.jsonl", "holdout.jsonl", "promotion.jsonl", "rehearsal.jsonl")) {
            assertThat(files.resolve(file)).content().doesNotContain("Eine Zahl");
        }
        assertThat(Files.readString(
                        WordsModel.untrained(BaseFamily.QWEN3, files).resolve("tokenizer.json")))
                .as("the base model reads German")
                .contains("multipliziert");
    }

    private static List<String> answers(List<String> rows) {
        return rows.stream()
                .map(row -> row.substring(row.indexOf("\"answer\"")))
                .toList();
    }

    @Test
    void dataIsWrittenInWordsAndTheUnlabeledFileHasNoAnswers() throws IOException {
        Path files = directory.resolve("files");
        World world = new World(1);
        EnglishLanguage language =
                new EnglishLanguage(Telling.NUMBERS, text -> text.chars().toArray(), question -> question);

        new WorldFiles(files, language).write(world, List.of());

        assertThat(Files.readAllLines(files.resolve("unlabeled.jsonl")))
                .hasSize(128)
                .allMatch(line -> line.contains("A number is multiplied by") && !line.contains("answer"));
        assertThat(Files.readAllLines(files.resolve("labeled.jsonl")))
                .hasSize(900)
                .allMatch(line -> line.matches(".*\"answer\":\"(\\d|10)\".*"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void theShippedFilesAreWhatTheCodeWrites(long seed) throws IOException {
        Path shipped = Path.of("..", "recipes", "words", "seed" + seed);
        Path made = directory.resolve("made");

        World world = new World(seed);
        NUMBERS.write(world, WordsModel.corpus(world), BaseFamily.QWEN3, made);

        for (String file : List.of(
                "labeled.jsonl",
                "unlabeled.jsonl",
                "unlabeled-answers.jsonl",
                "holdout.jsonl",
                "promotion.jsonl",
                "rehearsal.jsonl")) {
            assertThat(made.resolve(file)).hasSameBinaryContentAs(shipped.resolve(file));
        }
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja")) {
            assertThat(WordsModel.untrained(BaseFamily.QWEN3, made).resolve(file))
                    .hasSameBinaryContentAs(shipped.resolve("base").resolve(file));
        }
    }
}
