package dev.tempo.eval.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run on its way to MLflow. How far it has come is kept there, in a tag that is written with the numbers, so that whoever goes on asks
 * MLflow and sends what follows. Thread-safe; one thread sends.
 */
final class MlflowRun {
    /** The tag by which a run is found again. */
    static final String RUN = "tempo.run";
    /** The tag that counts the lines of metrics.jsonl whose numbers are there. */
    static final String LINES = "tempo.lines";

    /** MLflow takes 1000 things a request, 100 of them parameters. */
    private static final int METRICS = 900;

    private static final int PARAMETERS = 100;
    /** Of MLflow's 250, and of the 500 that every server takes as a value. */
    private static final int LONGEST_NAME = 250;

    private static final int LONGEST_VALUE = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final TrackedRun run;
    private List<TrackedEntry> entries = List.of();
    private MlflowStatus wanted = MlflowStatus.RUNNING;
    private @Nullable MlflowStatus told;
    private @Nullable String id;
    private boolean open;
    private int sent;
    private @Nullable Instant troubledSince;
    private String trouble = "";
    private int failures;
    private int failuresInARow;
    private Instant next = Instant.MIN;
    private @Nullable Instant endedAt;
    private int failuresAtTheEnd = -1;

    MlflowRun(TrackedRun run) {
        this.run = run;
    }

    /** All that there is of it now; a run that has ended stays so. */
    synchronized void hold(List<TrackedEntry> all, MlflowStatus status) {
        entries = all;
        if (endedAt == null) {
            wanted = status;
        }
    }

    /** The run is over: what is missing is tried at once. */
    synchronized void end(MlflowStatus status, Instant now) {
        if (endedAt == null) {
            endedAt = now;
            wanted = status;
            next = Instant.MIN;
            failuresAtTheEnd = open ? -1 : failures;
        }
    }

    /** This service ends before the run does. */
    synchronized void interrupt() {
        if (endedAt == null && wanted == MlflowStatus.RUNNING && troubledSince == null) {
            wanted = MlflowStatus.KILLED;
        }
    }

    synchronized boolean isDue(Instant now) {
        return !isComplete() && !entries.isEmpty() && !now.isBefore(next);
    }

    private boolean isComplete() {
        return sent == entries.size() && told == wanted;
    }

    /**
     * What has come of an end; null while it is worth waiting for: a server that does not answer at present, or never did, has one more
     * try, any other as long as {@code patience}.
     */
    synchronized @Nullable TrackingOutcome outcome(MlflowServer server, Instant now, Duration patience) {
        String address = server.address().toString();
        if (isComplete() || entries.isEmpty()) {
            return new TrackingOutcome(address, id, sent, entries.size(), null);
        }
        boolean tried = failuresAtTheEnd >= 0 && failures > failuresAtTheEnd;
        if (!tried && endedAt != null && now.isBefore(endedAt.plus(patience))) {
            return null;
        }
        String problem = troubledSince == null ? "it was too slow" : trouble + " (since " + troubledSince + ")";
        return new TrackingOutcome(address, id, sent, entries.size(), problem);
    }

    /** The number of lines that MLflow has not acknowledged. */
    synchronized int unsent() {
        return entries.size() - sent;
    }

    String name() {
        return run.run();
    }

    /**
     * Notes that sending failed; the next try comes later each time.
     *
     * @return whether that is news
     */
    synchronized boolean failed(String reason, Instant now) {
        boolean news = troubledSince == null;
        if (troubledSince == null) {
            troubledSince = now;
        }
        trouble = reason;
        failures++;
        failuresInARow++;
        Duration pause = Duration.ofSeconds(1L << Math.min(failuresInARow - 1, 6));
        next = now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        // What became of a request without an answer is known there alone.
        open = false;
        told = null;
        return news;
    }

    /** Notes that all was sent; whether that ends a time in which nothing was. */
    synchronized boolean succeeded() {
        boolean news = troubledSince != null;
        troubledSince = null;
        failuresInARow = 0;
        return news;
    }

    /** Sends all that is not there yet. */
    void send(MlflowServer server, String experiment, Instant now) throws MlflowException, InterruptedException {
        String known = opened(server, experiment);
        List<TrackedEntry> all;
        MlflowStatus status;
        synchronized (this) {
            all = entries;
            status = wanted;
        }
        while (sent() < all.size()) {
            sendSome(server, known, all);
        }
        if (isToBeTold(status)) {
            server.update(known, status.name(), status == MlflowStatus.RUNNING ? null : now.toEpochMilli());
            synchronized (this) {
                told = status;
            }
        }
    }

    private synchronized int sent() {
        return sent;
    }

    private synchronized boolean isToBeTold(MlflowStatus status) {
        return told != status;
    }

    private String opened(MlflowServer server, String experiment) throws MlflowException, InterruptedException {
        synchronized (this) {
            if (open && id != null) {
                return id;
            }
        }
        String place = server.experiment(experiment);
        MlflowServer.Found found = server.find(place, RUN, run.run());
        String known = found == null ? create(server, place) : found.id();
        String lines = found == null ? null : found.tags().get(LINES);
        if (lines == null) {
            sendParameters(server, known);
        }
        synchronized (this) {
            id = known;
            open = true;
            sent = lines == null ? 0 : Math.min(number(lines), entries.size());
            told = found == null || found.status().equals(MlflowStatus.RUNNING.name()) ? MlflowStatus.RUNNING : null;
        }
        return known;
    }

    private static int number(String lines) throws MlflowException {
        try {
            return Math.max(0, Integer.parseInt(lines));
        } catch (NumberFormatException changed) {
            throw new MlflowException("its tag " + LINES + " is '" + lines + "' and no number", "");
        }
    }

    private String create(MlflowServer server, String experiment) throws MlflowException, InterruptedException {
        List<Map<String, Object>> tags = new ArrayList<>(List.of(pair(RUN, run.run())));
        run.tags().forEach((key, value) -> tags.add(pair(key, value)));
        long begun;
        synchronized (this) {
            begun = entries.get(0).millis();
        }
        return server.create(experiment, run.run(), begun, tags);
    }

    private void sendParameters(MlflowServer server, String known) throws MlflowException, InterruptedException {
        List<Map<String, Object>> parameters = new ArrayList<>();
        run.parameters().forEach((name, value) -> parameters.add(pair(allowed(name), cut(value))));
        for (int from = 0; from < parameters.size(); from += PARAMETERS) {
            server.log(
                    known,
                    List.of(),
                    parameters.subList(from, Math.min(parameters.size(), from + PARAMETERS)),
                    List.of());
        }
    }

    /** The numbers of the next lines, and with the last of them how far that is. */
    private void sendSome(MlflowServer server, String known, List<TrackedEntry> all)
            throws MlflowException, InterruptedException {
        List<Map<String, Object>> metrics = new ArrayList<>();
        int end = sent();
        do {
            metrics.addAll(metrics(all.get(end)));
            end++;
        } while (end < all.size() && metrics.size() + all.get(end).scalars().size() <= METRICS);
        for (int from = 0; from < metrics.size(); from += METRICS) {
            List<Map<String, Object>> some = metrics.subList(from, Math.min(metrics.size(), from + METRICS));
            boolean last = from + some.size() == metrics.size();
            server.log(known, some, List.of(), last ? List.of(pair(LINES, String.valueOf(end))) : List.of());
        }
        synchronized (this) {
            sent = end;
        }
    }

    private static List<Map<String, Object>> metrics(TrackedEntry entry) {
        List<Map<String, Object>> metrics = new ArrayList<>();
        entry.scalars()
                .forEach((name, value) -> metrics.add(Map.of(
                        "key", allowed(name), "value", value, "timestamp", entry.millis(), "step", entry.step())));
        return metrics;
    }

    private static Map<String, Object> pair(String key, String value) {
        return Map.of("key", key, "value", value);
    }

    /** A name with the characters that MLflow allows; verl, too, writes mean_at_16 there. */
    static String allowed(String name) {
        String plain = name.replace("@", "_at_").replaceAll("[^\\w./ -]", "_");
        return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
    }
}
