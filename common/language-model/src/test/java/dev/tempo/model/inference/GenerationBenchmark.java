package dev.tempo.model.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.export.GgufExport;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.BenchmarkSetup;
import dev.tempo.model.scripts.PeerProcess;
import dev.tempo.model.scripts.ShortestTime;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark of running prompts and generating tokens. Not a test: surefire runs it by name only (docs/benchmarks.md). */
public class GenerationBenchmark {
    private static final int STEPS = 30;
    /** The seconds after which steps become no faster: by then Java's code is compiled and memory is mapped. */
    private static final double WARM_UP = 15;
    /** The seconds for which measurements are repeated even if there were enough: short times vary most. */
    private static final double ENOUGH = Double.parseDouble(System.getProperty("tempo.benchmark.seconds", "10"));
    /** The weights from which on slow programs and large batches are left out. */
    private static final long LARGE = 100_000_000;
    /** Whether torch.compile is measured, which compiles for a minute for each size. */
    private static final boolean COMPILED = Boolean.getBoolean("tempo.benchmark.compiled");

    @TempDir
    Path directory;

    @Test
    void measure() {
        double peak = BenchmarkSetup.peak();
        for (ModelConfig config : BenchmarkSetup.generatingShapes()) {
            System.out.printf(
                    Locale.ROOT, "%n%s; matrix products: %.0f GFLOP/s%n", BenchmarkSetup.name(config), peak / 1e9);
            Path model = BenchmarkSetup.random(config, directory.resolve("hidden-" + config.hiddenSize()));
            Path gguf = directory.resolve("hidden-" + config.hiddenSize() + ".gguf");
            GgufExport.write(model, gguf, WeightType.FLOAT32, "benchmark");
            try (Transformer transformer = Transformer.load(model, Head.VOCABULARY);
                    PeerProcess python = PeerProcess.pytorch(config);
                    PeerProcess llamaCpp = PeerProcess.llamaCpp(gguf)) {
                double begun = BenchmarkSetup.now();
                while (BenchmarkSetup.now() - begun < WARM_UP) {
                    decode(transformer, 1, 16);
                }
                System.out.println("| batch | context | step, µs | tokens/s | share of peak | op by op takes |"
                        + " PyTorch takes | PyTorch compiled takes | llama.cpp takes | prompt, tokens/s | share of peak |"
                        + " op by op takes | PyTorch takes | llama.cpp takes | step to that at 128 | its arithmetic |");
                System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
                for (int batch : numbers("batches", config.parameters() < LARGE ? "1,16,64" : "1,16")) {
                    double shortest = 0;
                    for (int context : contexts(config)) {
                        Times times = new Times(transformer, python, llamaCpp, batch, context);
                        shortest = context == 128 ? times.step.seconds() : shortest;
                        times.print(peak, shortest);
                    }
                }
            }
        }
    }

    private static int[] contexts(ModelConfig config) {
        return numbers("contexts", config.parameters() < 1_000_000 ? "32,128,512,1024,2048" : "32,128,1024");
    }

    /** The numbers that a system property asks for, or the usual ones. */
    private static int[] numbers(String name, String usual) {
        return Arrays.stream(
                        System.getProperty("tempo.benchmark." + name, usual).split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** The measured programs, which take turns. */
    private static final class Times {
        private final ModelConfig config;
        private final int batch;
        private final int context;
        private final ShortestTime step = new ShortestTime();
        private final ShortestTime prompt = new ShortestTime();
        private final ShortestTime plainStep = new ShortestTime();
        private final ShortestTime plainPrompt = new ShortestTime();
        private final ShortestTime pythonStep = new ShortestTime();
        private final ShortestTime pythonPrompt = new ShortestTime();
        private final ShortestTime compiledStep = new ShortestTime();
        private final ShortestTime llamaStep = new ShortestTime();
        private final ShortestTime llamaPrompt = new ShortestTime();

        Times(Transformer transformer, PeerProcess python, PeerProcess llamaCpp, int batch, int context) {
            this.config = transformer.config();
            this.batch = batch;
            this.context = context;
            String size = batch + " " + context + " " + STEPS;
            double begun = BenchmarkSetup.now();
            for (int turn = 0; turn < BenchmarkSetup.TURNS || BenchmarkSetup.now() - begun < ENOUGH; turn++) {
                take(decode(transformer, batch, context), step, prompt);
                if (config.parameters() < LARGE) {
                    take(decodeOpByOp(transformer, batch, context), plainStep, plainPrompt);
                }
                take(python.ask("decode " + size), pythonStep, pythonPrompt);
                take(llamaCpp.ask("decode " + size), llamaStep, llamaPrompt);
            }
            if (COMPILED) {
                Arrays.stream(python.ask("compiled " + size)).forEach(compiledStep::take);
            }
        }

        private static void take(double[] seconds, ShortestTime step, ShortestTime prompt) {
            if (seconds.length == 2) {
                step.take(seconds[0]);
                prompt.take(seconds[1]);
            }
        }

        void print(double peak, double shortest) {
            double flops = BenchmarkSetup.flops(config, context);
            double promptFlops = BenchmarkSetup.flops(config, context / 2.);
            double one = step.seconds();
            double first = prompt.seconds();
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.0f | %.0f | %.1f %% | %s | %s | %s | %s | %.0f | %.1f %% | %s | %s | %s | %s | %.2f |%n",
                    batch,
                    context,
                    one * 1e6,
                    batch / one,
                    100 * batch * flops / one / peak,
                    plainStep.times(one),
                    pythonStep.times(one),
                    compiledStep.times(one),
                    llamaStep.times(one),
                    context / first,
                    100 * context * promptFlops / first / peak,
                    plainPrompt.times(first),
                    pythonPrompt.times(first),
                    llamaPrompt.times(first),
                    shortest == 0 ? "-" : String.format(Locale.ROOT, "%.2f", one / shortest),
                    flops / BenchmarkSetup.flops(config, 128));
        }
    }

    /**
     * The seconds of the fastest step behind prompts of a length, where all rows sample one prompt, and of running that
     * prompt.
     */
    public static double[] decode(Transformer transformer, int batch, int context) {
        int[] prompt = prompt(context);
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
                double begun = BenchmarkSetup.now();
                decoder.begin(Cohort.of(rows.subList(0, 1), keyValueHeads).get(0));
                double prefill = BenchmarkSetup.now() - begun;
                List<Row> all = new ArrayList<>();
                rows.forEach(row -> {
                    Row fresh = new Row(row.task());
                    fresh.place(row.cell());
                    all.add(fresh);
                });
                decoder.begin(Cohort.of(all, keyValueHeads).get(0));
                Batch running = new Batch(keyValueHeads, new CacheSpace(batch * block));
                running.add(all);
                ShortestTime step = new ShortestTime();
                for (int i = 0; i < STEPS; i++) {
                    begun = BenchmarkSetup.now();
                    decoder.step(running);
                    step.take(BenchmarkSetup.now() - begun);
                }
                return new double[] {step.seconds(), prefill};
            }
        });
    }

    private static double[] decodeOpByOp(Transformer transformer, int batch, int context) {
        ModelConfig config = transformer.config();
        OpByOp plain = new OpByOp(config, transformer.weights().arrays());
        int steps = 10;
        return transformer.exclusively(() -> {
            try (NDManager memory = Torch.newManager()) {
                OpByOp.Cache cache = OpByOp.Cache.of(config, memory, batch, context + steps);
                ShortestTime step = new ShortestTime();
                double begun = BenchmarkSetup.now();
                try (NDManager pass = Torch.newManager()) {
                    OpByOp.Cache alone = OpByOp.Cache.of(config, pass, 1, context);
                    plain.logits(pass.create(prompt(context), new Shape(1, context)), 0, alone);
                }
                double prefill = BenchmarkSetup.now() - begun;
                for (int i = 0; i < steps; i++) {
                    begun = BenchmarkSetup.now();
                    try (NDManager pass = Torch.newManager()) {
                        NDArray last = pass.full(new Shape(batch, 1), 11);
                        drawn(plain.logits(last, context + i, cache).squeeze(1), pass);
                    }
                    step.take(BenchmarkSetup.now() - begun);
                }
                return new double[] {step.seconds(), prefill};
            }
        });
    }

    /** The ids drawn from logits [B, V], and their log-probabilities. */
    private static float[] drawn(NDArray logits, NDManager pass) {
        NDArray uniform = pass.randomUniform(0, 1, new Shape(logits.getShape().get(0), 1));
        NDArray ids = logits.softmax(-1).cumSum(1).lt(uniform).sum(new int[] {1}, true);
        ids = ids.clip(0, logits.getShape().get(1) - 1);
        return logits.logSoftmax(-1).gather(ids, 1).toFloatArray();
    }

    private static int[] prompt(int context) {
        int[] prompt = new int[context];
        for (int t = 0; t < context; t++) {
            prompt[t] = 11 + t % 11;
        }
        return prompt;
    }
}
