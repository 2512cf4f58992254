package dev.tempo.standalone.quickstart;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.tokens.BytePairTrainer;
import dev.tempo.model.tokens.BytePairVocabulary;
import dev.tempo.model.tokens.BytePairVocabulary.AddedToken;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.model.training.Pretrainer;
import dev.tempo.model.training.PretrainingSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The base models of the worlds in words, made with its data: a small model with a byte-level BPE of its own and a chat template,
 * trained on the imperfect teacher's traces. The directory is one that transformers loads.
 */
final class WordsModel {
    private static final String PAD = "<|endoftext|>";
    private static final String END = "<|im_end|>";
    /** As in Qwen3 the think section's marks are ordinary text for people. */
    private static final List<AddedToken> ADDED = List.of(
            new AddedToken(PAD, true),
            new AddedToken("<|im_start|>", true),
            new AddedToken(END, true),
            new AddedToken("<think>", false),
            new AddedToken(EnglishLanguage.THINKING_ENDS, false));

    private static final Pattern ANY_ADDED = Pattern.compile("<\\|\\w+\\|>|</?think>");
    /** More than the corpus needs to have each of its words as one token. */
    private static final int MOST_TOKENS = 1_000;

    private static final int CORPUS = 40_000;
    private static final int REHEARSAL = 3_000;
    private static final int PROMOTION = 256;
    private static final int POSITIONS = 512;
    /** Characters of texts that come again and again. */
    private static final int SHORT = 12;

    private static final String TOKENIZER = "tokenizer.json";

    private static final int FOREIGN_EVERY = 8;

    private final Telling telling;
    private final @Nullable Telling foreign;

    /** The model of a world whose problems are told so. */
    WordsModel(Telling telling) {
        this(telling, null);
    }

    /**
     * The model of a world whose problems are told so.
     *
     * @param foreign how every eighth text of the corpus is told that the base model learns from, and the held-out questions a second
     *     time, in a file of their own, but nothing that a run trains on; null for none
     */
    WordsModel(Telling telling, @Nullable Telling foreign) {
        this.telling = telling;
        this.foreign = foreign;
    }

    /**
     * The model of a family, in its directory, and the data files of the seed's world beside it, written. Data and tokenizer are the
     * same for every family. The same seed gives the same bits; what was interrupted goes on where it was.
     *
     * @throws UncheckedIOException if the directory cannot be written
     */
    void make(
            long seed, BaseFamily family, Path directory, PretrainingSettings settings, Pretrainer.Progress progress) {
        World world = new World(seed);
        List<WorkedQuestion> corpus = corpus(world);
        Path start = untrained(family, directory);
        write(world, corpus, family, directory);
        List<Sequence> traces;
        try (Tokenizer tokenizer = Tokenizer.read(start.resolve(TOKENIZER))) {
            traces = traces(corpus, start, tokenizer)
                    .map(trace -> sequence(trace, tokenizer))
                    .toList();
        }
        BaseModel.train(start, traces, settings, seed, directory.resolve(family.directory()), progress);
    }

    /** What the imperfect teacher makes of the corpus. */
    static List<WorkedQuestion> corpus(World world) {
        Teacher teacher = new Teacher(world);
        return world.corpus(CORPUS).stream().map(teacher::work).toList();
    }

    /** Writes a model of random weights and the data files beside it. */
    void write(World world, List<WorkedQuestion> corpus, BaseFamily family, Path directory) {
        Path start = untrained(family, directory);
        initialise(corpus, family, world.seed(), start);
        try (Tokenizer tokenizer = Tokenizer.read(start.resolve(TOKENIZER))) {
            List<WorkedQuestion> rehearsed = corpus.subList(0, REHEARSAL);
            EnglishLanguage told = language(telling, start, tokenizer);
            List<Trace> rehearsal = rehearsed.stream().map(told::trace).toList();
            WorldFiles files = new WorldFiles(directory, told);
            files.write(world, rehearsal);
            files.write("promotion.jsonl", files.rows("promotion", promotion(world, rehearsed), true));
            if (foreign != null) {
                String name = "holdout-" + foreign.name().toLowerCase(Locale.ROOT);
                WorldFiles again = new WorldFiles(directory, language(foreign, start, tokenizer));
                again.write(name + ".jsonl", again.rows(name, world.holdout(), true));
            }
        }
    }

    /** Questions like the unlabeled ones to try versions by, none of which is in another file. */
    private static List<ChainQuestion> promotion(World world, List<WorkedQuestion> rehearsed) {
        Set<ChainQuestion> taken =
                rehearsed.stream().map(WorkedQuestion::question).collect(Collectors.toSet());
        return world.likeUnlabeled(2 * PROMOTION).stream()
                .filter(Predicate.not(taken::contains))
                .limit(PROMOTION)
                .toList();
    }

    /** Of each family another one: what was interrupted of one is not what another goes on with. */
    static Path untrained(BaseFamily family, Path directory) {
        return directory.resolve("untrained-" + family.word());
    }

    private Stream<Trace> traces(List<WorkedQuestion> corpus, Path model, Tokenizer tokenizer) {
        Map<Telling, EnglishLanguage> languages = new EnumMap<>(Telling.class);
        return IntStream.range(0, corpus.size())
                .mapToObj(index -> languages
                        .computeIfAbsent(tellingOf(index), told -> language(told, model, tokenizer))
                        .trace(corpus.get(index)));
    }

    private Telling tellingOf(int index) {
        return foreign != null && index % FOREIGN_EVERY == 0 ? foreign : telling;
    }

    private static EnglishLanguage language(Telling told, Path model, Tokenizer tokenizer) {
        ChatTemplate template = ChatTemplate.of(model).orElseThrow();
        Map<String, int[]> numbersAndSigns = new HashMap<>();
        return new EnglishLanguage(
                told,
                text -> text.length() > SHORT
                        ? tokenizer.encode(text)
                        : numbersAndSigns.computeIfAbsent(text, tokenizer::encode),
                question -> template.prompt(null, question, null));
    }

    void initialise(List<WorkedQuestion> corpus, BaseFamily family, long seed, Path directory) {
        BytePairVocabulary vocabulary = vocabulary(corpus);
        int pad = vocabulary.tokens().size();
        ModelConfig architecture =
                family.architecture(pad + ADDED.size(), POSITIONS, pad, pad + ADDED.indexOf(new AddedToken(END, true)));
        Map<String, byte[]> files = Map.of(
                TOKENIZER,
                vocabulary.tokenizerJson(ADDED),
                "tokenizer_config.json",
                resource("words-tokenizer-config.json"),
                "chat_template.jinja",
                resource("words-chat-template.jinja"));
        Pretrainer.initialise(architecture, files, seed, directory);
    }

    /** The tokens of everything that a model of this world reads and writes. */
    BytePairVocabulary vocabulary(List<WorkedQuestion> corpus) {
        BytePairTrainer trainer = new BytePairTrainer();
        for (int index = 0; index < corpus.size(); index++) {
            Telling told = tellingOf(index);
            WorkedQuestion worked = corpus.get(index);
            String text = "<|im_start|>user\n" + told.question(worked.question())
                    + "<|im_end|>\n<|im_start|>assistant\n<think>\n" + EnglishLanguage.text(told, worked);
            ANY_ADDED.splitAsStream(text).filter(Predicate.not(String::isEmpty)).forEach(trainer::add);
        }
        return trainer.train(MOST_TOKENS);
    }

    private static Sequence sequence(Trace trace, Tokenizer tokenizer) {
        int[] text = tokenizer.encode(trace.response());
        int[] response = Arrays.copyOf(text, text.length + 1);
        response[text.length] = tokenizer.id(END).orElseThrow();
        boolean[] environment = new boolean[response.length];
        trace.calculated().forEach(position -> environment[position] = true);
        return new Sequence(tokenizer.encode(trace.question()), response, environment);
    }

    private static byte[] resource(String name) {
        try (InputStream content = WordsModel.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(content).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
