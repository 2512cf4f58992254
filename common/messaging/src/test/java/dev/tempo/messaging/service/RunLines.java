package dev.tempo.messaging.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * The lines by which services tell a run's story, from its making to its closing. A service that starts sets logging up anew,
 * so this is made after it.
 */
public final class RunLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Set<String> EVENTS =
            Arrays.stream(RunEvent.values()).map(RunEvent::words).collect(Collectors.toSet());

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.tempo");
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    public RunLines() {
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** The run's lines in order, as message, round and version. Each must be of level INFO and say how long it took. */
    public List<String> of(String run) {
        return events.stream()
                .filter(event -> EVENTS.contains(event.getMessage()))
                .filter(event -> run.equals(values(event).get("run")))
                .map(RunLines::line)
                .toList();
    }

    private static String line(ILoggingEvent event) {
        Map<String, Object> values = values(event);
        if (event.getLevel() != Level.INFO || !(values.get("seconds") instanceof Double seconds) || seconds < 0) {
            throw new AssertionError(event.getLevel() + " " + event.getMessage() + " " + values);
        }
        return event.getMessage() + " round=" + values.get("round") + " version=" + values.get("version");
    }

    private static Map<String, Object> values(ILoggingEvent event) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> values.put(pair.key, pair.value));
        }
        return values;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
