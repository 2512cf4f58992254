package dev.tempo.judging.plugin;

import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.judging.rule.ExactMatchJudge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What somebody's own judge behind HTTP may answer: a verdict, or one that leaves the response undecided. */
class HostileEndpointsTest {

    private static final class Undecided extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void repliesOfEndpoints() {
        HostileInputs.of("reply of an endpoint")
                .seeds(
                        "{\"outcome\":\"correct\",\"answer\":\"5\",\"reason\":\"the same\"}",
                        "{\"outcome\":\"wrong\",\"reason\":null,\"more\":[1,{}]}")
                .words("\"undecided\"", "\"outcome\"", "\"reward\"")
                .refusedBy(Undecided.class)
                .into(input -> {
                    Verdict verdict =
                            EndpointReply.verdict(new ExactMatchJudge(), new String(input, StandardCharsets.UTF_8));
                    if (verdict.outcome() == Outcome.UNDECIDED) {
                        throw new Undecided();
                    }
                    return verdict;
                });
    }
}
