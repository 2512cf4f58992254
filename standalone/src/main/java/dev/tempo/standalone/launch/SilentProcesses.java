package dev.tempo.standalone.launch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The processes that answer nobody, which are ended so that they are started again. A service is one of them if it has left a
 * number of checks of its health in a row unanswered, the broker has it in no group any more, and it has hardly computed
 * meanwhile: what computes is slow and not dead. The broker is one if it does not answer when asked for that, as often.
 * Checks are counted and not the time, so that a machine that was suspended goes on; whoever checks only once in a long while
 * was suspended itself and begins to count anew.
 */
final class SilentProcesses {
    /** The default of {@code --silent-checks}. */
    static final int CHECKS = 30;

    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);
    private static final Duration SUSPENDED = Duration.ofSeconds(30);
    /** About a hundredth of the time: more than a process needs that does nothing, less than one gets on a machine that is overloaded. */
    private static final Duration COMPUTED_IN_A_CHECK = Duration.ofMillis(15);

    private final int patience;
    private final Function<String, Duration> cpu;
    private final Predicate<String> end;
    private final Consumer<String> notices;
    private final LongSupplier nanoTime;
    private final Map<String, Silence> silences = new HashMap<>();
    private long lastCheck;

    private record Silence(int checks, Duration cpu) {

        boolean hasComputed(Duration now) {
            return now.minus(cpu).compareTo(COMPUTED_IN_A_CHECK.multipliedBy(checks)) > 0;
        }
    }

    /**
     * @param patience the number of checks that may stay unanswered
     * @param cpu the time that a process has computed so far
     * @param end ends a process at once; false if there is none
     * @param notices told which process was ended
     */
    SilentProcesses(
            int patience,
            Function<String, Duration> cpu,
            Predicate<String> end,
            Consumer<String> notices,
            LongSupplier nanoTime) {
        this.patience = patience;
        this.cpu = cpu;
        this.end = end;
        this.notices = notices;
        this.nanoTime = nanoTime;
        lastCheck = nanoTime.getAsLong();
    }

    /**
     * One check. Those that come sooner than a second after another do not count.
     *
     * @param silent the services whose health endpoints did not answer
     * @param clients the names of the broker's clients; asked for when a service has been silent for long, or all are silent
     */
    void check(Collection<Service> silent, Supplier<Optional<List<String>>> clients) {
        long now = nanoTime.getAsLong();
        Duration since = Duration.ofNanos(now - lastCheck);
        if (since.compareTo(BETWEEN_CHECKS) < 0) {
            return;
        }
        lastCheck = now;
        if (since.compareTo(SUSPENDED) > 0) {
            silences.clear();
        }
        Set<String> names = new HashSet<>(Set.of(Cluster.BROKER));
        silent.forEach(service -> names.add(service.module()));
        silences.keySet().retainAll(names);
        List<Service> overdue =
                silent.stream().filter(service -> isLong(service.module())).toList();
        boolean allSilent = silent.size() == Service.values().length;
        if (overdue.isEmpty() && !allSilent) {
            silences.remove(Cluster.BROKER);
            return;
        }
        clients.get()
                .ifPresentOrElse(
                        known -> {
                            if (silences.remove(Cluster.BROKER) != null) {
                                // Services that waited for it are to have their time as well.
                                silences.clear();
                                return;
                            }
                            overdue.stream()
                                    .map(Service::module)
                                    .filter(name -> known.stream().noneMatch(client -> client.startsWith(name + "-")))
                                    .forEach(name -> end(name, "answers neither its health endpoint nor the broker"));
                        },
                        () -> {
                            if (isLong(Cluster.BROKER)) {
                                end(Cluster.BROKER, "answers nobody");
                            }
                        });
    }

    /** Counts a check that a process has left unanswered; whether those are too many now. */
    private boolean isLong(String name) {
        Duration now = cpu.apply(name);
        Silence before = silences.get(name);
        Silence silence = before == null || before.hasComputed(now)
                ? new Silence(1, now)
                : new Silence(before.checks() + 1, before.cpu());
        silences.put(name, silence);
        return silence.checks() >= patience;
    }

    private void end(String name, String reason) {
        silences.remove(name);
        if (end.test(name)) {
            notices.accept(name + " " + reason + " and computes nothing; it was killed after " + patience + " checks");
        }
    }
}
