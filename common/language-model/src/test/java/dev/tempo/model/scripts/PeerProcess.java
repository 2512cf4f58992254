package dev.tempo.model.scripts;

import dev.tempo.model.ModelConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Another program that computes the same, in a process of its own, which answers a line by a line. If it is not there this is
 * printed once, and every answer is empty.
 */
public final class PeerProcess implements AutoCloseable {
    private static final String PYTHON = System.getProperty("tempo.benchmark.python", "python3");
    private static final String SCRIPTS = "src/test/python/";

    private final @Nullable Process process;
    private final @Nullable BufferedReader answers;
    private final @Nullable PrintWriter requests;

    private PeerProcess(Process process, BufferedReader answers) {
        this.process = process;
        this.answers = answers;
        this.requests = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    private PeerProcess() {
        process = null;
        answers = null;
        requests = null;
    }

    /** A model of the same shape in Python's PyTorch ({@code tempo.benchmark.python}, python3 by default): pytorch.py. */
    public static PeerProcess pytorch(ModelConfig config) {
        List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPTS + "pytorch.py"));
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
        return start(
                command,
                PYTHON + " cannot import torch, so its columns are left out: install python3-torch and"
                        + " libopenblas0-pthread, or name another interpreter by -Dtempo.benchmark.python");
    }

    /** A model in llama.cpp, whose libraries lie in the folder {@code tempo.benchmark.llamacpp}: llamacpp.py. */
    public static PeerProcess llamaCpp(Path gguf) {
        String folder = System.getProperty("tempo.benchmark.llamacpp");
        String missing = "llama.cpp is left out: name the folder of its libraries by -Dtempo.benchmark.llamacpp"
                + " (docs/benchmarks.md, Language model)";
        if (folder == null) {
            System.out.println(missing);
            return new PeerProcess();
        }
        return start(List.of(PYTHON, SCRIPTS + "llamacpp.py", folder, gguf.toString()), missing);
    }

    /** A GGUF file in Python's package gguf, where {@code tempo.benchmark.python} names a Python: gguf_package.py. */
    public static PeerProcess ggufPackage(Path gguf) {
        String missing = "the package gguf is left out: name a Python that has it by -Dtempo.benchmark.python";
        if (System.getProperty("tempo.benchmark.python") == null) {
            System.out.println(missing);
            return new PeerProcess();
        }
        return start(List.of(PYTHON, SCRIPTS + "gguf_package.py", gguf.toString()), missing);
    }

    /** A model's directory in Python's package transformers, where {@code tempo.benchmark.python} names a Python. */
    public static PeerProcess transformers(Path model) {
        String missing = "transformers is left out: name a Python that has it by -Dtempo.benchmark.python";
        if (System.getProperty("tempo.benchmark.python") == null) {
            System.out.println(missing);
            return new PeerProcess();
        }
        return start(List.of(PYTHON, SCRIPTS + "transformers_package.py", model.toString()), missing);
    }

    private static PeerProcess start(List<String> command, String missing) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
            String greeting = answers.readLine();
            if (greeting != null) {
                System.out.println("beside it: " + greeting);
                return new PeerProcess(process, answers);
            }
        } catch (IOException absent) {
            System.out.println(absent.getMessage());
        }
        System.out.println(missing);
        return new PeerProcess();
    }

    /** Whether the program is there. */
    public boolean isThere() {
        return process != null;
    }

    /** The numbers that answer a request; none where the program is not there. */
    public double[] ask(String request) {
        return Arrays.stream(line(request).split(" "))
                .filter(number -> !number.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** The line that answers a request; empty where the program is not there. */
    public String line(String request) {
        if (answers == null || requests == null) {
            return "";
        }
        try {
            requests.println(request);
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the program ended at the request " + request);
            }
            return answer;
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
