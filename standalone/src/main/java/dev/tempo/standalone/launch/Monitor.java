package dev.tempo.standalone.launch;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.VersionName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The launcher's view of the services, by their own endpoints. */
final class Monitor {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How a service begins to say that it will not go on with a run, whoever asks. */
    private static final String STOPPED = "stopped: ";

    /** The detail under which a service lists what it waits for. */
    private static final String AWAITED = "awaited";

    private static final String NOT_JSON = "its health endpoint does not answer in JSON";

    /** The way in which services write of a round: they count from 0 through all stages. */
    private static final Pattern ROUND = Pattern.compile("\\bround (\\d{1,6})\\b");

    private final Ports ports;
    private final String run;
    private final Recipe recipe;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

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
        for (Service service : Service.values()) {
            if (wanted.getAsBoolean()) {
                get(service, "/actuator/health")
                        .ifPresentOrElse(body -> collect(service, body, troubles, waits), () -> silent.add(service));
            }
        }
        return new Health(silent, troubles, waits);
    }

    /** What every service says of itself and of the run. */
    List<ServiceState> states() {
        return Stream.of(Service.values()).map(this::state).toList();
    }

    private ServiceState state(Service service) {
        Optional<String> body = get(service, "/actuator/health");
        if (body.isEmpty()) {
            return new ServiceState(service.module(), ServiceState.SILENT, Map.of());
        }
        try {
            JsonNode health = JSON.readTree(body.get());
            Map<String, String> words = new LinkedHashMap<>();
            health.path("components").path(shortName(service)).path("details").forEachEntry((name, detail) -> {
                String said = words(name, detail);
                if (!said.isEmpty()) {
                    words.put(name, named(said, recipe));
                }
            });
            return new ServiceState(service.module(), health.path("status").asString("unknown"), words);
        } catch (JacksonException notJson) {
            return new ServiceState(service.module(), NOT_JSON, Map.of());
        }
    }

    private static String words(String name, JsonNode detail) {
        if (name.equals(AWAITED)) {
            return awaited(detail).map(awaited -> awaited.words(Instant.now())).collect(Collectors.joining("; "));
        }
        return detail.isValueNode() ? detail.asString() : detail.toString();
    }

    private static Stream<Awaited> awaited(JsonNode waits) {
        return waits.valueStream().map(wait -> JSON.convertValue(wait, Awaited.class));
    }

    /**
     * The wait of a service.
     *
     * @param by who waits
     */
    record Wait(Service by, Awaited awaited) {}

    /**
     * The health of the services.
     *
     * @param silent those that do not answer
     * @param troubles what the others complain of
     * @param waits what the others wait for
     */
    record Health(List<Service> silent, List<Trouble> troubles, List<Wait> waits) {

        /** The things that a run without a first version waits for, in words. */
        String awaited() {
            int all = Service.values().length;
            return silent.isEmpty()
                    ? "loading policy and critic"
                    : "starting services (" + (all - silent.size()) + " of " + all + " up): "
                            + silent.stream().map(Monitor::shortName).collect(Collectors.joining(", "));
        }
    }

    /** Tokens generated so far by rollout-service; NaN where it does not answer. */
    double generatedTokens() {
        return get(Service.ROLLOUT, "/actuator/prometheus")
                .map(body -> body.lines()
                        .filter(line -> line.startsWith("tempo_rollout_tokens_total"))
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

    private void collect(Service service, String body, List<Trouble> troubles, List<Wait> waits) {
        try {
            JsonNode components = JSON.readTree(body).path("components");
            components.forEachEntry((name, component) -> {
                String status = component.path("status").asString();
                JsonNode complaint = component.path("details").path("run " + run);
                awaited(component.path("details").path(AWAITED))
                        .filter(awaited ->
                                awaited.run() == null || awaited.run().equals(run))
                        .forEach(awaited -> waits.add(new Wait(service, awaited)));
                if (!status.equals("UP") && !complaint.isMissingNode()) {
                    String words = complaint.asString();
                    troubles.add(new Trouble(service, named(words, recipe), words.startsWith(STOPPED)));
                }
            });
        } catch (JacksonException notJson) {
            troubles.add(new Trouble(service, NOT_JSON, false));
        }
    }

    /** A complaint with rounds called as people meet them. */
    static String named(String complaint, Recipe recipe) {
        return ROUND.matcher(complaint).replaceAll(round -> {
            int made = Integer.parseInt(round.group(1)) + 1;
            return made > recipe.rounds()
                    ? round.group()
                    : Matcher.quoteReplacement(VersionName.of(recipe, made).words());
        });
    }

    private static String shortName(Service service) {
        return service.module().replace("-service", "");
    }

    private Optional<String> get(Service service, String path) {
        URI uri = URI.create("http://127.0.0.1:" + service.port(ports) + path);
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            return Optional.of(response.body());
        } catch (IOException unreachable) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
