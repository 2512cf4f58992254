package dev.tempo.eval.served;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.eval.RunBuilder;
import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of served answers as a power cut or a disk may leave it: what is whole counts, and the next answer is one of its own. */
class HostileServedAnswersTest {
    @TempDir
    Path directory;

    private static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void answers() {
        HostileInputs.of("served.jsonl")
                .seeds(
                        "{\"at\":\"2026-01-01T12:00:00Z\",\"question\":\"asked/1\",\"version\":3,\"right\":true,"
                                + "\"promotions\":1}\n",
                        "{\"at\":\"2026-01-01T12:00:01.5Z\",\"question\":\"asked/2\",\"version\":0,\"right\":false,"
                                + "\"promotions\":0}\n{\"at\":\"+1000000000-12-31T23:59:59Z\"}\n")
                .words("\"at\"", "\"version\"", "-1", "2147483647", "true")
                .refusedBy(Damaged.class)
                .allocating(2_000, 8 << 20)
                .into(input -> {
                    Path file = Files.write(directory.resolve("served.jsonl"), input);
                    ServedAnswers answers = new ServedAnswers(file);
                    ServedAnswer next = new ServedAnswer(Instant.EPOCH, "next", 1, true, 0);
                    answers.add(next);
                    List<ServedAnswer> all = answers.all();
                    assertThat(all).last().isEqualTo(next);
                    if (all.size() == 1) {
                        throw new Damaged();
                    }
                    return ServedHistory.of(
                            RunBuilder.aRun("r", directory)
                                    .measuredOn("holdout", 1)
                                    .active()
                                    .recipe(),
                            all.stream().filter(answer -> answer.version() < 5).toList(),
                            List.of());
                });
    }
}
