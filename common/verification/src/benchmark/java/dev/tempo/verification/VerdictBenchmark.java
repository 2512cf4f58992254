package dev.tempo.verification;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Short verdicts on one thread, beside two yardsticks: comparing the strings, and parsing a short JSON object. */
@State(Scope.Thread)
@Fork(1)
@Threads(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerdictBenchmark {
    /** References and responses as they come in training: mostly short numbers, right and wrong. */
    private static final String[][] PAIRS = {
        {"42", "\\boxed{42}"},
        {"42", "The answer is \\boxed{41}."},
        {"7", "So there are $7$ ways."},
        {"\\frac{3}{4}", "\\boxed{0.75}"},
        {"\\frac{3}{4}", "\\boxed{\\frac{4}{3}}"},
        {"1024", "Answer: 1,024"},
        {"-5", "\\boxed{5}"},
        {"2\\sqrt{3}", "\\boxed{\\sqrt{12}}"},
        {"(1, 2)", "\\boxed{(1,2)}"},
        {"(1, 2)", "\\boxed{(2,1)}"},
        {"x^2+2x+1", "\\boxed{(x+1)^2}"},
        {"x^2+2x+1", "\\boxed{x^2-2x+1}"},
        {"[0, 3)", "\\boxed{0 \\le x < 3}"},
        {"1, 2, 3", "\\boxed{3, 2, 1}"},
        {"\\text{Tuesday}", "\\boxed{Tuesday}"},
        {"12\\pi", "\\boxed{12\\pi}"},
        {"25\\%", "\\boxed{25}"},
        {"90^\\circ", "\\boxed{60^\\circ}"},
        {"3+4i", "\\boxed{4i+3}"},
        {"y = 2x + 3", "\\boxed{2x - y + 3 = 0}"},
        {"10 \\text{ cm}", "\\boxed{10}"},
        {"\\frac{1}{3}", "\\boxed{0.333}"},
        {"2024", "<think>2023?</think>It is \\boxed{2024}"},
        {"C", "\\boxed{C}"}
    };

    private static final String LINE = "{\"id\": \"a-17\", \"gold\": \"\\\\frac{3}{4}\", \"pred\": \"\\\\boxed{0.75}\"}";

    private final MathVerifier verifier = new MathVerifier();
    private final JsonMapper json = JsonMapper.builder().build();
    private int next;

    private String[] pair() {
        next = next + 1 == PAIRS.length ? 0 : next + 1;
        return PAIRS[next];
    }

    @Benchmark
    public Verification verdict() {
        String[] pair = pair();
        return verifier.verify(pair[0], pair[1]);
    }

    @Benchmark
    public JsonNode jsonObject() {
        return json.readTree(LINE);
    }

    @Benchmark
    public boolean stringEquality() {
        String[] pair = pair();
        return pair[0].equals(pair[1]);
    }
}
