package dev.tempo.messaging;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

/** Records of every topic as damage or malice makes them: each is a whole message, or none for a reason. */
class HostileRecordsTest {

    static Stream<String> messages() {
        return SampleMessages.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aRecordIsAMessageOrIsRefused(String name) {
        Object message = Objects.requireNonNull(SampleMessages.all().get(name));
        HostileInputs.of("record " + name)
                .seeds(new String(Wire.write(message), StandardCharsets.UTF_8))
                .words("\"NONE\"", "\"FAILED\"", "\"run\"", "\"id\"", "\"AAAA\"", "\"0\"", "{\"id\":{}}")
                .refusedBy(JacksonException.class)
                .refusedBy(IllegalArgumentException.class)
                .into(input -> Wire.write(Wire.read(message.getClass(), input)));
    }
}
