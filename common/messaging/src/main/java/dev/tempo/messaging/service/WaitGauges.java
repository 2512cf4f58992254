package dev.tempo.messaging.service;

import dev.tempo.contract.Awaited;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gauges of what a service waits for: {@code tempo.<service>.awaited.seconds} says for how long it has waited for the next record from each
 * of the others, 0 where it waits for none. What that is and which ids are missing stands in its health: a tag of a meter must not take
 * ever new values.
 */
public final class WaitGauges {
    /** Anybody but a service, such as an operator, a judge or the questions' senders. */
    private static final String OTHERS = "others";

    private WaitGauges() {}

    /**
     * Registers a service's gauges.
     *
     * @param named the gauge of a number of seconds, under the service's name
     * @param waits of the moment
     */
    public static void register(
            MeterRegistry meters,
            Function<Supplier<Number>, Gauge.Builder<?>> named,
            Supplier<List<Awaited>> waits,
            InstantSource clock) {
        Stream.concat(Wait.ROAD.stream(), Stream.of(OTHERS))
                .forEach(from -> named.apply(() -> longest(waits.get(), from, clock))
                        .tag("from", from)
                        .register(meters));
    }

    private static double longest(List<Awaited> waits, String from, InstantSource clock) {
        return Awaited.longest(
                waits.stream()
                        .filter(awaited -> from.equals(Wait.ROAD.contains(awaited.from()) ? awaited.from() : OTHERS))
                        .toList(),
                clock.instant());
    }
}
