package dev.tempo.model.scripts;

import dev.tempo.model.ModelConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model of the same shape in Python's PyTorch, src/test/python/pytorch.py, in a process of its own. If {@code
 * tempo.benchmark.python} (python3 by default) cannot import torch this is printed once, and every answer is empty.
 */
public final class PlainPytorch implements AutoCloseable {
    private static final String PYTHON = System.getProperty("tempo.benchmark.python", "python3");

    private final @Nullable Process process;
    private final @Nullable BufferedReader answers;
    private final @Nullable PrintWriter requests;

    private PlainPytorch(Process process, BufferedReader answers) {
        this.process = process;
        this.answers = answers;
        this.requests = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    private PlainPytorch() {
        process = null;
        answers = null;
        requests = null;
    }

    public static PlainPytorch start(ModelConfig config) {
        List<String> command = new ArrayList<>(List.of(PYTHON, "src/test/python/pytorch.py"));
        IntStream.of(
                        config.hiddenSize(),
                        config.layers(),
                        config.attentionHeads(),
                        config.keyValueHeads(),
                        config.headDimension(),
                        config.intermediateSize(),
                        config.vocabularySize())
                .mapToObj(Integer::toString)
                .forEach(command::add);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
            String version = answers.readLine();
            if (version != null) {
                System.out.println("python3-torch is " + version);
                return new PlainPytorch(process, answers);
            }
        } catch (IOException absent) {
            System.out.println(absent.getMessage());
        }
        System.out.println(PYTHON + " cannot import torch, so its columns are left out: install python3-torch and"
                + " libopenblas0-pthread, or name another interpreter by -Dtempo.benchmark.python");
        return new PlainPytorch();
    }

    /** The numbers that answer a request; none where there is no PyTorch. */
    public double[] ask(String request) {
        if (answers == null || requests == null) {
            return new double[0];
        }
        try {
            requests.println(request);
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("pytorch.py ended at the request " + request);
            }
            return Arrays.stream(answer.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
        }
    }
}
