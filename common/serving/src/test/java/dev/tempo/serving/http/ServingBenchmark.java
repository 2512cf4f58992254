package dev.tempo.serving.http;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.inference.TokenReader;
import dev.tempo.model.training.Pretrainer;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.version.SingleModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A load on the endpoint beside the same engine called directly. Not a test: surefire runs it by name only (docs/benchmarks.md).
 * Each client asks for one streamed answer after the other; direct callers do the same without HTTP, JSON and text.
 */
class ServingBenchmark {
    private static final int PROMPT = 32;
    private static final int ANSWER = Integer.getInteger("tempo.benchmark.answer", 128);
    private static final double SECONDS = Double.parseDouble(System.getProperty("tempo.benchmark.seconds", "8"));
    private static final int TURNS = Integer.getInteger("tempo.benchmark.turns", 3);
    private static final int ROWS = 64;
    private static final Pattern COUNTED = Pattern.compile("\"completion_tokens\":(\\d+)");
    private static final int FIRST_CHARACTER = 0x4E00;

    @TempDir
    Path directory;

    private interface Asking {
        Answer ask(int client, int count) throws IOException;
    }

    /**
     * What came.
     *
     * @param first seconds until the first token
     */
    private record Answer(double first, int tokens) {}

    private record Load(double tokensPerSecond, List<Double> firstTokens) {
        static final Load NONE = new Load(0, List.of());

        double percentile(double share) {
            List<Double> sorted = firstTokens.stream().sorted().toList();
            return sorted.get((int) Math.round(share * (sorted.size() - 1)));
        }

        Load orFaster(Load other) {
            return other.tokensPerSecond > tokensPerSecond ? other : this;
        }
    }

    @Test
    void measure() throws Exception {
        for (String hidden :
                System.getProperty("tempo.benchmark.hidden", "64,512").split(",")) {
            ModelConfig config = hidden.equals("64") ? config(64, 4, 4, 176, 100) : config(512, 8, 8, 1408, 8192);
            Path model = directory.resolve(hidden);
            Pretrainer.initialise(config, vocabulary(config.vocabularySize()), 1, model);
            System.out.printf(Locale.ROOT, "%nhidden %s, %.1f million weights%n", hidden, config.parameters() / 1e6);
            System.out.println("| clients | tokens/s | engine alone, tokens/s | share | first token p50, ms | p99, ms |"
                    + " engine alone p50, ms | p99, ms |");
            System.out.println("|---|---|---|---|---|---|---|---|");
            measure(model);
        }
    }

    private void measure(Path model) throws Exception {
        GenerationLimits limits = new GenerationLimits(1L << 29, ROWS);
        ServingSettings settings =
                new ServingSettings("127.0.0.1", 0, List.of(), limits, WeightType.FLOAT32, 1, 4096, 256, 0, 1 << 20);
        try (ServingServer server = ServingServer.start(
                        settings, new SingleModel("m", model, Instant.EPOCH), new SimpleMeterRegistry());
                Policy policy = Policy.forServing(model, limits, WeightType.FLOAT32)) {
            Asking served = (client, count) -> overHttp(server.port(), client, count);
            Asking direct = (client, count) -> directly(policy, client, count);
            load(4, served, SECONDS);
            load(4, direct, SECONDS);
            for (int clients : new int[] {1, 16, 64}) {
                Load best = Load.NONE;
                Load alone = Load.NONE;
                for (int turn = 0; turn < TURNS; turn++) {
                    best = best.orFaster(load(clients, served, SECONDS));
                    alone = alone.orFaster(load(clients, direct, SECONDS));
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.0f | %.0f | %.2f | %.1f | %.1f | %.1f | %.1f |%n",
                        clients,
                        best.tokensPerSecond,
                        alone.tokensPerSecond,
                        best.tokensPerSecond / alone.tokensPerSecond,
                        1e3 * best.percentile(.5),
                        1e3 * best.percentile(.99),
                        1e3 * alone.percentile(.5),
                        1e3 * alone.percentile(.99));
            }
        }
    }

    /** So many clients, each asking again when it is answered. Answers that are written when the time is over are finished. */
    private static Load load(int clients, Asking asking, double seconds)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long begun = System.nanoTime();
        List<Future<List<Answer>>> all = new ArrayList<>();
        for (int each = 0; each < clients; each++) {
            int client = each;
            all.add(threads.submit(() -> {
                List<Answer> firsts = new ArrayList<>();
                do {
                    firsts.add(asking.ask(client, firsts.size()));
                } while (System.nanoTime() - begun < seconds * 1e9);
                return firsts;
            }));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<List<Answer>> one : all) {
            answers.addAll(one.get());
        }
        double took = (System.nanoTime() - begun) / 1e9;
        threads.shutdown();
        return new Load(
                answers.stream().mapToInt(Answer::tokens).sum() / took,
                answers.stream().map(Answer::first).toList());
    }

    private static int[] prompt(int client, int count) {
        int[] prompt = new int[PROMPT];
        Arrays.setAll(prompt, i -> 2 + (client * 7 + count * 13 + i * 3) % 90);
        return prompt;
    }

    private static Answer directly(Policy policy, int client, int count) {
        long begun = System.nanoTime();
        long[] first = {0};
        TokenReader reader = new TokenReader() {
            @Override
            public int alternatives() {
                return 0;
            }

            @Override
            public void wrote(int id, float logProb, int[] likeliest, float[] theirLogProbs) {
                if (first[0] == 0) {
                    first[0] = System.nanoTime();
                }
            }
        };
        int length = policy.generate(List.of(new GenerationTask(
                                prompt(client, count), client * 1000L + count, new SamplingSettings(1, ANSWER), null)
                        .readBy(reader)))
                .get(0)
                .responseIds()
                .length;
        return new Answer((first[0] - begun) / 1e9, length);
    }

    private static Answer overHttp(int port, int client, int count) throws IOException {
        String body = "{\"model\":\"m\",\"prompt\":" + Arrays.toString(prompt(client, count)) + ",\"seed\":"
                + (client * 1000 + count) + ",\"max_tokens\":" + ANSWER
                + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
        long begun = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 16];
            StringBuilder tail = new StringBuilder();
            int read = in.read(buffer);
            // The headers are flushed together with the first event.
            double first = (System.nanoTime() - begun) / 1e9;
            while (read >= 0) {
                tail.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                tail.delete(0, Math.max(0, tail.length() - 400));
                read = in.read(buffer);
            }
            Matcher counted = COUNTED.matcher(tail);
            if (!counted.find() || tail.indexOf("[DONE]") < 0) {
                throw new IllegalStateException("an answer has no end: " + tail);
            }
            return new Answer(first, Integer.parseInt(counted.group(1)));
        }
    }

    private static ModelConfig config(int hidden, int layers, int heads, int inner, int vocabulary) {
        return new ModelConfig(
                "qwen3",
                hidden,
                layers,
                heads,
                Math.max(1, heads / 2),
                hidden / heads,
                inner,
                1e-6,
                1e4,
                true,
                vocabulary,
                4096,
                OptionalInt.of(0),
                List.of(1));
    }

    private static List<String> vocabulary(int size) {
        List<String> characters = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            characters.add(Character.toString(FIRST_CHARACTER + i));
        }
        return characters;
    }
}
