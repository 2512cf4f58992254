package dev.tempo.standalone.launch;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.service.HealthAnswer;
import dev.tempo.messaging.service.RoundNames;
import dev.tempo.messaging.service.ServiceEndpoint;
import dev.tempo.messaging.service.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The launcher's view of the services, by their own endpoints. */
final class Monitor {
    /** How a service begins to say that it will not go on with a run, whoever asks. */
    private static final String STOPPED = "stopped: ";

    /** How it begins to say how far a measurement is. */
    static final String MEASURING = "measuring: ";

    private final Ports ports;
    private final String run;
    private final Recipe recipe;

    Monitor(Ports ports, String run, Recipe recipe) {
        this.ports = ports;
        this.run = run;
        this.recipe = recipe;
    }

    /**
     * The health of the services with regard to the run.
     *
     * @param wanted whether anybody still waits for the answer; those that were not asked are not silent
     */
    Health health(BooleanSupplier wanted) {
        List<Service> silent = new ArrayList<>();
        List<Trouble> troubles = new ArrayList<>();
        List<Wait> waits = new ArrayList<>();
        Set<String> working = new HashSet<>();
        for (Service service : Service.neededBy(recipe)) {
            if (wanted.getAsBoolean()) {
                endpoint(service)
                        .health()
                        .ifPresentOrElse(
                                answer -> collect(service, answer, troubles, waits, working),
                                () -> silent.add(service));
            }
        }
        return new Health(silent, troubles, waits, working);
    }

    /** The words for what a run waits for of which no version has come of a round. */
    String awaited(Health health) {
        if (recipe.trains()) {
            return health.awaited();
        }
        double open = openQuestions();
        return health.silent().isEmpty() && open > 0
                ? MEASURING + Math.round(open) + " questions are left"
                : "waiting for the services and the model";
    }

    /** What every service says of itself and of the run. */
    Map<Service, ServiceState> states() {
        Map<Service, ServiceState> states = new EnumMap<>(Service.class);
        for (Service service : Service.neededBy(recipe)) {
            states.put(service, state(service));
        }
        return states;
    }

    private ServiceState state(Service service) {
        Optional<HealthAnswer> asked = endpoint(service).health();
        if (asked.isEmpty()) {
            return new ServiceState(service, ServiceState.SILENT, Map.of());
        }
        HealthAnswer answer = asked.get();
        Map<String, String> words = new LinkedHashMap<>();
        answer.details().getOrDefault(service.shortName(), Map.of()).forEach((name, said) -> {
            if (!said.isEmpty()) {
                words.put(name, RoundNames.in(said, recipe));
            }
        });
        Instant now = Instant.now();
        String awaited = answer.awaited().stream().map(wait -> wait.words(now)).collect(Collectors.joining("; "));
        if (!awaited.isEmpty()) {
            words.put("awaited", RoundNames.in(awaited, recipe));
        }
        String work = answer.work().stream().map(done -> done.words(now)).collect(Collectors.joining("; "));
        if (!work.isEmpty()) {
            words.put("works at", RoundNames.in(work, recipe));
        }
        return new ServiceState(service, answer.status(), words);
    }

    /**
     * The health of the services.
     *
     * @param silent those that do not answer
     * @param troubles what the others complain of
     * @param waits what the others wait for
     * @param working the modules of those that are at work for the run
     */
    record Health(List<Service> silent, List<Trouble> troubles, List<Wait> waits, Set<String> working) {

        /** The things that a run without a first version waits for, in words. */
        String awaited() {
            int all = Service.values().length;
            return silent.isEmpty()
                    ? "loading policy and critic"
                    : "starting services (" + (all - silent.size()) + " of " + all + " up): "
                            + silent.stream().map(Service::shortName).collect(Collectors.joining(", "));
        }
    }

    /** Questions that are being measured and not done; NaN where eval-service does not answer. */
    double openQuestions() {
        return sum(Service.EVAL, "tempo_eval_requests_open");
    }

    /** Tokens generated so far by rollout-service; NaN where it does not answer. */
    double generatedTokens() {
        return sum(Service.ROLLOUT, "tempo_rollout_tokens_total");
    }

    /** The sum of a metric over its tags; NaN where the service does not answer. */
    private double sum(Service service, String metric) {
        return endpoint(service)
                .get("/actuator/prometheus")
                .map(body -> body.lines()
                        .filter(line -> line.startsWith(metric))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum())
                .orElse(Double.NaN);
    }

    /**
     * One complaint of a service.
     *
     * @param fatal whether the run cannot go on
     */
    record Trouble(Service service, String complaint, boolean fatal) {

        @Override
        public String toString() {
            return service.module() + ": " + complaint;
        }
    }

    private void collect(
            Service service, HealthAnswer answer, List<Trouble> troubles, List<Wait> waits, Set<String> working) {
        if (!answer.isReadable()) {
            troubles.add(new Trouble(service, HealthAnswer.UNREADABLE, false));
        }
        answer.awaitedFor(run).forEach(awaited -> waits.add(new Wait(service.module(), awaited)));
        answer.workFor(run).forEach(done -> working.add(service.module()));
        for (String words : answer.complaintsOf(run)) {
            troubles.add(new Trouble(service, RoundNames.in(words, recipe), words.startsWith(STOPPED)));
        }
    }

    private ServiceEndpoint endpoint(Service service) {
        return new ServiceEndpoint(service.root(ports));
    }
}
