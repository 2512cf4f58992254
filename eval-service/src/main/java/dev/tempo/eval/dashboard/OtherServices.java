package dev.tempo.eval.dashboard;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.Run;
import dev.tempo.messaging.service.HealthAnswer;
import dev.tempo.messaging.service.RoundNames;
import dev.tempo.messaging.service.ServiceEndpoint;
import dev.tempo.messaging.service.SilentServices;
import dev.tempo.messaging.service.Wait;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The other services as this one sees them over HTTP: what they wait for, and which does not answer. Those whose address it
 * was not told are not looked at. Thread-safe.
 */
public final class OtherServices {
    /** A minute: who has not answered since this service started may be starting itself. */
    private static final int LOOKS_AT_STARTING = 30;

    private static final String STOPPED = "stopped: ";

    private static final String OWN = "eval-service";

    private final Map<String, ServiceEndpoint> endpoints = new TreeMap<>();
    private final Supplier<List<Awaited>> ownWaits;
    private final InstantSource clock;
    private final SilentServices silent = new SilentServices(LOOKS_AT_STARTING);
    private Map<String, HealthAnswer> answers = Map.of();

    /**
     * @param addresses by the services' names
     * @param ownWaits what this service waits for
     */
    public OtherServices(Map<String, URI> addresses, Supplier<List<Awaited>> ownWaits, InstantSource clock) {
        addresses.forEach((service, address) -> endpoints.put(service, new ServiceEndpoint(address)));
        this.ownWaits = ownWaits;
        this.clock = clock;
    }

    /** A look at all of them at once, which takes seconds at most. */
    void look() {
        Map<String, CompletableFuture<Optional<HealthAnswer>>> asked = new TreeMap<>();
        endpoints.forEach((service, endpoint) -> asked.put(service, endpoint.healthSoon()));
        Map<String, HealthAnswer> heard = new TreeMap<>();
        List<String> unanswered = new ArrayList<>();
        asked.forEach((service, answer) ->
                answer.join().ifPresentOrElse(said -> heard.put(service, said), () -> unanswered.add(service)));
        synchronized (this) {
            answers = heard;
            silent.look(unanswered, clock.instant());
        }
    }

    /** Which services do not answer, in words; empty where all do. */
    public synchronized String silence() {
        return silent.words(clock.instant());
    }

    /** The number of services that do not answer. */
    public synchronized int silentServices() {
        return silent.since().size();
    }

    /** Whether a service has stopped a run, as was heard at the last look. */
    public synchronized boolean hasStopped(String run) {
        return answers.values().stream()
                .flatMap(answer -> answer.complaintsOf(run).stream())
                .anyMatch(words -> words.startsWith(STOPPED));
    }

    /** What a run waits for, as was heard at the last look. */
    synchronized RunWaits waits(Run run) {
        Instant now = clock.instant();
        List<RunWaits.Silent> quiet = new ArrayList<>();
        silent.since()
                .forEach((service, since) ->
                        quiet.add(new RunWaits.Silent(service, since, RunWaits.secondsSince(since, now))));
        List<Wait> waits = new ArrayList<>();
        List<RunWaits.Complaint> complaints = new ArrayList<>();
        List<RunWaits.AtWork> work = new ArrayList<>();
        answers.forEach((service, answer) -> {
            answer.workFor(run.run()).forEach(done -> work.add(RunWaits.AtWork.of(service, done, run.recipe(), now)));
            answer.awaitedFor(run.run()).forEach(awaited -> waits.add(new Wait(service, awaited)));
            answer.complaintsOf(run.run())
                    .forEach(words ->
                            complaints.add(new RunWaits.Complaint(service, RoundNames.in(words, run.recipe()))));
        });
        ownWaits.get().stream()
                .filter(awaited -> run.run().equals(awaited.run()))
                .forEach(awaited -> waits.add(new Wait(OWN, awaited)));
        Set<String> working = work.stream().map(RunWaits.AtWork::service).collect(Collectors.toSet());
        waits.sort(Comparator.comparing(wait -> Wait.ROAD.indexOf(wait.by())));
        return new RunWaits(
                !quiet.isEmpty() || Wait.firstLong(waits, working, now).isPresent(),
                quiet,
                waits.stream()
                        .map(wait -> RunWaits.Open.of(wait, run.recipe(), now))
                        .toList(),
                work,
                complaints);
    }
}
