package dev.tempo.standalone.quickstart;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.training.Pretrainer;
import dev.tempo.model.training.PretrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The quickstart's base model of a seed, made with its data: a tiny Qwen3 model (186,432 parameters) with a character
 * tokenizer, trained on the imperfect teacher's traces.
 */
public final class BaseModel {
    private static final List<String> VOCABULARY =
            Stream.of(". x + * = - / | Y N $ 0 1 2 3 4 5 6 7 8 9 a".split(" ")).toList();
    private static final int PAD = VOCABULARY.indexOf(".");
    private static final int END = VOCABULARY.indexOf("$");
    private static final int CORPUS = 40_000;
    private static final int REHEARSAL = 8_000;
    private static final int POSITIONS = 64;
    private static final BaseFamily FAMILY = BaseFamily.QWEN3;
    private static final ModelConfig ARCHITECTURE = FAMILY.architecture(VOCABULARY.size(), POSITIONS, PAD, END);

    private BaseModel() {}

    /**
     * The model {@code directory/base} and the data files of the seed's world beside it, written. The same seed gives
     * the same bits.
     *
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static void make(long seed, Path directory, Pretrainer.Progress progress) {
        World world = new World(seed);
        Teacher teacher = new Teacher(world);
        List<Trace> traces = world.corpus(CORPUS).stream().map(teacher::trace).toList();
        new WorldFiles(directory, new SymbolLanguage()).write(world, traces.subList(0, REHEARSAL));
        Path start = directory.resolve("untrained");
        Pretrainer.initialise(ARCHITECTURE, VOCABULARY, seed, start);
        train(
                start,
                traces.stream().map(BaseModel::sequence).toList(),
                PretrainingSettings.quickstart(),
                seed,
                directory.resolve(FAMILY.directory()),
                progress);
    }

    /**
     * The model of random weights in {@code start}, trained, in its own directory in place of {@code start}. The directory is there
     * whole or not at all, so that a command killed at any moment is typed again.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    static void train(
            Path start,
            List<Sequence> traces,
            PretrainingSettings settings,
            long seed,
            Path base,
            Pretrainer.Progress progress) {
        Path trained = start.resolve("trained");
        Pretrainer.train(start, traces, settings, seed, trained, progress);
        delete(base);
        try {
            Files.move(trained, base, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(base + " cannot be written", unwritable);
        }
        delete(start);
    }

    private static Sequence sequence(Trace trace) {
        int[] response = ids(trace.response() + VOCABULARY.get(END));
        boolean[] environment = new boolean[response.length];
        trace.calculated().forEach(position -> environment[position] = true);
        return new Sequence(ids(trace.question()), response, environment);
    }

    private static int[] ids(String text) {
        return text.chars()
                .map(character -> VOCABULARY.indexOf(Character.toString(character)))
                .toArray();
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException undeletable) {
            throw new UncheckedIOException(directory + " cannot be deleted", undeletable);
        }
    }
}
