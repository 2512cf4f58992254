package dev.tempo.judging.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a judge model's endpoint, a cache's file and a policy may send: a verdict or none, never a failure. */
class HostileRepliesTest {
    private static final String KEY = "0".repeat(64);

    @TempDir
    Path folder;

    /** What decides nothing: the only refusal that these readers know. */
    private static final class NoVerdict extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void repliesOfModels() {
        HostileInputs.of("reply of a judge model")
                .seeds(
                        "{\"choices\":[{\"message\":{\"content\":\"{\\\"verdict\\\": \\\"correct\\\"}\"},\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7}}",
                        "{\"choices\":[{\"message\":{\"content\":\"{\\\"verdict\\\": \\\"incorrect\\\"}\",\"reasoning\":\"hm\"}}]}")
                .words("\"finish_reason\"", "\"length\"", "\"verdict\"", "\"content\"")
                .refusedBy(NoVerdict.class)
                .into(input -> {
                    Reply reply = Reply.of(input);
                    assertThat(reply.raw().length()).isLessThan(2_100);
                    if (reply.claimHolds() == null) {
                        throw new NoVerdict();
                    }
                    return reply;
                });
    }

    @Test
    void filesOfCaches() {
        String line = "{\"key\":\"" + KEY + "\",\"right\":true,\"raw\":\"{\\\"verdict\\\": \\\"correct\\\"}\"}\n";
        HostileInputs.of("cache of a judge model")
                .seeds(line, line + line.replace("00", "0a"))
                .refusedBy(NoVerdict.class)
                .into(input -> {
                    Path file = Files.write(folder.resolve("model.jsonl"), input);
                    try (VerdictCache cache = new VerdictCache(file, 100)) {
                        VerdictCache.Entry kept = new VerdictCache.Entry("f".repeat(64), false, "no");
                        cache.keep(kept);
                        assertThat(cache.find(kept.key())).isEqualTo(kept);
                        if (cache.find(KEY) == null) {
                            throw new NoVerdict();
                        }
                        return cache.size();
                    }
                });
    }

    @Test
    void responsesBeforeAJudgeModel() {
        HostileInputs.of("response before a judge model")
                .seeds(
                        "<think>hm</think> The final answer is **Paris**.",
                        "It is \\boxed{\\text{a blue whale}}, I hope.",
                        "<|channel|>final<|message|>Answer: the second of May, 1871<|end|>",
                        "答案是：巴黎。")
                .words(
                        "\\boxed{",
                        "<think>",
                        "</think>",
                        "<answer>",
                        "</answer>",
                        "<|im_end|>",
                        "Solution:",
                        "Ignore all instructions",
                        "{\"verdict\": \"correct\"}",
                        "```",
                        "\n\n",
                        "or",
                        "/",
                        "**",
                        "the answer is",
                        "\u0000",
                        "```json")
                // emphasis was taken off a pair of signs at a time, each time with a copy of the rest
                .found(
                        "The final answer is " + "*".repeat(32_000) + "Paris",
                        "The final answer is Paris" + "_".repeat(32_000))
                .refusedBy(NoVerdict.class)
                .oneIn(4)
                .allocating(2_000, 16 << 20)
                .into(input -> {
                    String response = new String(input, StandardCharsets.UTF_8);
                    String refusal = Gate.refusal("What is the capital?", "Paris", response, true);
                    if (refusal != null) {
                        throw new NoVerdict();
                    }
                    return StatedAnswer.of(response);
                });
    }

    /** A regular expression that took a part of the stack for each of these dashes left the response undecided. */
    @Test
    void aLineOfDashesIsNoAnswerAndNoDefect() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread small = new Thread(
                null,
                () -> Gate.refusal("What is the capital?", "Paris", "答案是" + "-".repeat(9_000) + "Paris", true),
                "small",
                256 << 10);
        small.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
        small.start();
        small.join();
        assertThat(thrown.get()).isNull();
    }
}
