package dev.tempo.messaging.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Dead letters as anybody may write them: whatever their headers hold, each can be read, and so can those behind it. */
class HostileLettersTest {

    private static final class NoHeaders extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void headers() {
        HostileInputs.of("headers of a dead letter")
                .seeds(
                        "topic=runs\npartition=0\noffset=17\nreader=critic-votes\nexception=java.lang.X\nreason=not asked for",
                        "reason=a\nreason=b\nreader",
                        "offset=-1\npartition=2147483648")
                .words("topic=", "reason=", "offset=", "reader", "\n\n", "=")
                .refusedBy(NoHeaders.class)
                .into(input -> {
                    RecordHeaders headers = new RecordHeaders();
                    String text = new String(input, StandardCharsets.ISO_8859_1);
                    text.lines().forEach(line -> {
                        int sign = line.indexOf('=');
                        byte[] value = line.substring(sign + 1).getBytes(StandardCharsets.ISO_8859_1);
                        headers.add(line.substring(0, Math.max(0, sign)), sign < 0 ? null : value);
                    });
                    long time = input.length < 8 ? -1 : ByteBuffer.wrap(input).getLong();
                    DeadLetter letter = DeadLetterBox.letter(
                            "runs",
                            new ConsumerRecord<>(
                                    "runs-dlt",
                                    0,
                                    7,
                                    time,
                                    TimestampType.CREATE_TIME,
                                    0,
                                    0,
                                    input.length % 2 == 0 ? null : text,
                                    input.length % 3 == 0 ? null : input,
                                    headers,
                                    Optional.empty()));
                    assertThat(letter.written().toString()).isNotEmpty();
                    assertThat(letter.size()).isBetween(0, input.length);
                    if (letter.headers().isEmpty()) {
                        throw new NoHeaders();
                    }
                    return letter;
                });
    }
}
