package dev.tempo.standalone.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the services' own endpoints how they are. */
final class Monitor {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Ports ports;
    private final String run;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Monitor(Ports ports, String run) {
        this.ports = ports;
        this.run = run;
    }

    /**
     * What is wrong with the run according to the services' health; services that do not answer are left out.
     *
     * @param wanted whether anybody still waits for the answer
     */
    List<Trouble> troubles(BooleanSupplier wanted) {
        List<Trouble> troubles = new ArrayList<>();
        for (Service service : Service.values()) {
            if (!wanted.getAsBoolean()) {
                return troubles;
            }
            get(service, "/actuator/health").ifPresent(body -> collect(service, body, troubles));
        }
        return troubles;
    }

    /** Tokens generated so far by rollout-service, where it answers. */
    Optional<Double> generatedTokens() {
        return get(Service.ROLLOUT, "/actuator/prometheus")
                .map(body -> body.lines()
                        .filter(line -> line.startsWith("tempo_rollout_tokens_total"))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum());
    }

    /**
     * One complaint of a service.
     *
     * @param fatal whether the run cannot go on
     */
    record Trouble(Service service, String complaint, boolean fatal) {}

    private void collect(Service service, String body, List<Trouble> troubles) {
        try {
            JsonNode components = JSON.readTree(body).path("components");
            components.forEachEntry((name, component) -> {
                String status = component.path("status").asString();
                JsonNode complaint = component.path("details").path("run " + run);
                if (!status.equals("UP") && !complaint.isMissingNode()) {
                    troubles.add(new Trouble(service, complaint.asString(), status.equals("DOWN") && trains(service)));
                }
            });
        } catch (JacksonException notJson) {
            troubles.add(new Trouble(service, "its health endpoint does not answer in JSON", false));
        }
    }

    /** A trainer reports DOWN for a run only when it has stopped it for good, say for a loss that is not finite. */
    private static boolean trains(Service service) {
        return service == Service.CRITIC || service == Service.POLICY;
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
