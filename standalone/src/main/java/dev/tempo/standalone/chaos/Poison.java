package dev.tempo.standalone.chaos;

import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.letters.DeadLetter;
import dev.tempo.standalone.launch.BrokerConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records that no reader can take, one on each topic on which there can be one. What is spoiled is a message of this run; to
 * the topic of runs no well-formed ones are written, since whoever may announce runs there may do just that.
 */
record Poison(PoisonSort sort) implements Fault {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KEY = "poison";

    @Override
    public String words() {
        return "poison: " + sort;
    }

    @Override
    public String family() {
        return "poison";
    }

    @Override
    public When when() {
        return When.WHILE_THE_BROKER_ANSWERS;
    }

    @Override
    public Strike strike(Victim victim, RandomGenerator random) {
        int written = 0;
        List<String> before = new ArrayList<>();
        try (BrokerConnection connection = victim.connect()) {
            letters(connection, before);
            for (Topic<?> topic : Topics.all()) {
                Optional<byte[]> record = record(victim, connection, topic, random);
                if (record.isPresent()) {
                    // A letter that is replayed is the one way to write bytes as they are.
                    connection
                            .deadLetters()
                            .replay(new DeadLetter(
                                    topic.name(), 0, Instant.now(), KEY, ByteBuffer.wrap(record.get()), Map.of()));
                    written++;
                }
            }
        }
        return Strike.of("written to " + written + " topics").seenLater(() -> {
            if (!victim.child().isAlive()) {
                return "";
            }
            List<String> after = new ArrayList<>();
            try (BrokerConnection connection = victim.connect()) {
                letters(connection, after);
            }
            return (after.size() - before.size()) + " new dead letters";
        });
    }

    private Optional<byte[]> record(
            Victim victim, BrokerConnection connection, Topic<?> topic, RandomGenerator random) {
        if (sort == PoisonSort.NULL) {
            return Optional.of("null".getBytes(StandardCharsets.UTF_8));
        }
        if (sort == PoisonSort.GARBAGE) {
            byte[] garbage = new byte[random.nextInt(1, 4000)];
            random.nextBytes(garbage);
            return Optional.of(garbage);
        }
        if (topic.equals(Topics.RUNS)) {
            return Optional.empty();
        }
        return victim.sample(connection, topic).filter(sort::spoil).map(JSON::writeValueAsBytes);
    }

    private static void letters(BrokerConnection connection, List<String> keys) {
        for (String topic : connection.deadLetters().topics()) {
            connection.deadLetters().read(topic, letter -> keys.add(topic + letter.number()));
        }
    }
}
