package dev.tempo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers of an endpoint that is not what it should be: each is a reply or none, and the client goes on. */
class HostileRepliesTest {
    @Test
    void replies() {
        HostileInputs.of("chat completions")
                .seeds(
                        "{\"model\":\"demo@31\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                                + "{\"role\":\"assistant\",\"content\":\"4\"}}]}",
                        "{\"model\":\"demo@0\",\"choices\":[{\"message\":{\"content\":null}}]}")
                .words("\"model\"", "\"choices\"", "@", "99999999999", "null")
                .refusedBy(PublicApi.NotNowException.class)
                .allocating(2_000, 8 << 20)
                .into(input -> {
                    PublicApi.Reply reply = PublicApi.Reply.read(new String(input, StandardCharsets.UTF_8));
                    assertThat(reply.version()).isNotNegative();
                    return reply;
                });
    }
}
