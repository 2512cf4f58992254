package dev.tempo.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast tokens are generated, beside plain PyTorch on the same machine in the same minutes: both take turns with one
 * thread each, and of each the step of the least processor time counts, so that ratios hold on a machine that is not idle.
 * No test: surefire runs it by name only.
 */
class GenerationBenchmark {
    private static final int STEPS = 30;
    /** Calls after which Java's own share is compiled. */
    private static final int WARM_UP = 100;

    private static final int TURNS = Integer.getInteger("tempo.benchmark.turns", 3);
    private static final ModelConfig QUICKSTART =
            new ModelConfig("qwen3", 64, 4, 4, 2, 16, 176, 1e-6, 1e4, true, 22, 4096, OptionalInt.of(0), List.of(10));

    @TempDir
    Path directory;

    @Test
    void measure() throws IOException {
        Pretraining.initialise(
                QUICKSTART,
                IntStream.range(0, 22)
                        .mapToObj(id -> String.valueOf((char) ('a' + id)))
                        .toList(),
                3,
                directory);
        Process python = python(QUICKSTART);
        try (Transformer transformer = Transformer.load(directory, Head.VOCABULARY);
                BufferedReader answers = python.inputReader(StandardCharsets.UTF_8);
                PrintWriter requests = new PrintWriter(python.outputWriter(StandardCharsets.UTF_8), true)) {
            for (int i = 0; i < WARM_UP; i++) {
                seconds(transformer, 1, 16);
            }
            double peak = peak();
            System.out.printf(Locale.ROOT, "matrix products: %.1f GFLOP/s%n", peak / 1e9);
            System.out.println(
                    "| batch | context | step, µs | tokens/s | share of peak | python3-torch, µs | ratio | prompt,"
                            + " tokens/s | share of peak | ratio |");
            System.out.println("|---|---|---|---|---|---|---|---|---|---|");
            for (int batch : new int[] {1, 16, 64}) {
                for (int context : new int[] {128, 512, 1024, 2048}) {
                    row(transformer, batch, context, peak, requests, answers);
                }
            }
        } finally {
            python.destroy();
        }
    }

    private static void row(
            Transformer transformer, int batch, int context, double peak, PrintWriter requests, BufferedReader answers)
            throws IOException {
        double step = Double.MAX_VALUE;
        double prompt = Double.MAX_VALUE;
        double otherStep = Double.MAX_VALUE;
        double otherPrompt = Double.MAX_VALUE;
        for (int turn = 0; turn < TURNS; turn++) {
            double[] own = seconds(transformer, batch, context);
            requests.println(batch + " " + context + " " + STEPS);
            String[] other = String.valueOf(answers.readLine()).split(" ");
            assertThat(other).as("answer of python3").hasSize(2);
            step = Math.min(step, own[0]);
            prompt = Math.min(prompt, own[1]);
            otherStep = Math.min(otherStep, Double.parseDouble(other[0]));
            otherPrompt = Math.min(otherPrompt, Double.parseDouble(other[1]));
        }
        ModelConfig config = transformer.config();
        double attention = 4.0 * config.layers() * config.attentionHeads() * config.headDimension();
        double flops = batch * (2.0 * config.parameters() + attention * context);
        double promptFlops = context * (2.0 * config.parameters() + attention * context / 2);
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %.0f | %.0f | %.1f %% | %.0f | %.2f | %.0f | %.1f %% | %.2f |%n",
                batch,
                context,
                step * 1e6,
                batch / step,
                100 * flops / step / peak,
                otherStep * 1e6,
                otherStep / step,
                context / prompt,
                100 * promptFlops / prompt / peak,
                otherPrompt / prompt);
    }

    /** Of the fastest step behind prompts of a length, all rows sampling one, and of running that prompt. */
    static double[] seconds(Transformer transformer, int batch, int context) {
        int[] prompt = new int[context];
        for (int t = 0; t < context; t++) {
            prompt[t] = 11 + t % 11;
        }
        int keyValueHeads = transformer.config().keyValueHeads();
        // An environment writes every token, so that no response ends before the others.
        SamplingSettings sampling = new SamplingSettings(1, STEPS + 1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            rows.add(new Row(new GenerationTask(prompt, i, sampling, (asked, response, length) -> 11)));
        }
        long block = (long) keyValueHeads * rows.get(0).capacity();
        for (int i = 0; i < batch; i++) {
            rows.get(i).place(i * block);
        }
        return transformer.exclusively(() -> {
            try (Decoder decoder = new Decoder(transformer, batch * block)) {
                long begun = now();
                decoder.begin(Cohort.of(rows.subList(0, 1), keyValueHeads).get(0));
                final double prefill = (now() - begun) / 1e9;
                List<Row> all = new ArrayList<>();
                rows.forEach(row -> {
                    Row fresh = new Row(row.task());
                    fresh.place(row.cell());
                    all.add(fresh);
                });
                decoder.begin(Cohort.of(all, keyValueHeads).get(0));
                Batch running = new Batch(keyValueHeads, new CacheSpace(batch * block));
                running.add(all);
                double fastest = Double.MAX_VALUE;
                for (int i = 0; i < STEPS; i++) {
                    begun = now();
                    decoder.step(running);
                    fastest = Math.min(fastest, (now() - begun) / 1e9);
                }
                return new double[] {fastest, prefill};
            }
        });
    }

    /** Processor time of this thread, which is the only one that computes: other programs do not count. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** FLOP/s of matrix products that are large enough. */
    private static double peak() {
        Torch.enter();
        int size = 1024;
        try (PtNDManager manager = Torch.newManager()) {
            NDArray a = manager.randomNormal(new Shape(size, size));
            double fastest = Double.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long begun = now();
                a.matMul(a).close();
                fastest = Math.min(fastest, (now() - begun) / 1e9);
            }
            return 2.0 * size * size * size / fastest;
        }
    }

    private static Process python(ModelConfig config) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("tempo.benchmark.python", "python3"), "src/test/python/decoding.py"));
        for (int number : new int[] {
            config.hiddenSize(),
            config.layers(),
            config.attentionHeads(),
            config.keyValueHeads(),
            config.headDimension(),
            config.intermediateSize(),
            config.vocabularySize()
        }) {
            command.add(Integer.toString(number));
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
