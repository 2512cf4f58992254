package dev.tempo.messaging.service;

import dev.tempo.contract.Awaited;
import dev.tempo.timeline.PresentWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer of a service that was asked for its health.
 *
 * @param status its worst, in Spring Boot's words
 * @param awaited what it waits for, of all runs
 * @param work what it is at
 * @param details what it says, by component and name, waits and work left out
 * @param complaints the details of components that are not UP, by name
 */
public record HealthAnswer(
        String status,
        List<Awaited> awaited,
        List<PresentWork> work,
        Map<String, Map<String, String>> details,
        Map<String, List<String>> complaints) {
    /** The status of an answer that is no health, as where a proxy answers for a service. */
    public static final String UNREADABLE = "its health endpoint does not answer in JSON";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public HealthAnswer {
        awaited = List.copyOf(awaited);
        work = List.copyOf(work);
        details = Map.copyOf(details);
        complaints = Map.copyOf(complaints);
    }

    /** The answer that a body holds; {@link #UNREADABLE} where it holds none. */
    public static HealthAnswer of(String body) {
        List<Awaited> awaited = new ArrayList<>();
        List<PresentWork> work = new ArrayList<>();
        Map<String, Map<String, String>> details = new LinkedHashMap<>();
        Map<String, List<String>> complaints = new LinkedHashMap<>();
        try {
            JsonNode health = JSON.readTree(body);
            health.path("components").forEachEntry((component, content) -> {
                boolean complains = !content.path("status").asString("").equals("UP");
                Map<String, String> own = new LinkedHashMap<>();
                content.path("details").forEachEntry((name, detail) -> {
                    if (name.equals(ServiceHealth.AWAITED)) {
                        detail.valueStream().forEach(wait -> awaited.add(JSON.convertValue(wait, Awaited.class)));
                        return;
                    }
                    if (name.equals(WorkHealth.WORK)) {
                        detail.valueStream().forEach(done -> work.add(JSON.convertValue(done, PresentWork.class)));
                        return;
                    }
                    String words = detail.isValueNode() ? detail.asString("") : detail.toString();
                    own.put(name, words);
                    if (complains) {
                        complaints
                                .computeIfAbsent(name, first -> new ArrayList<>())
                                .add(words);
                    }
                });
                details.put(component, own);
            });
            return new HealthAnswer(health.path("status").asString("unknown"), awaited, work, details, complaints);
        } catch (JacksonException | IllegalArgumentException notHealth) {
            return new HealthAnswer(UNREADABLE, List.of(), List.of(), Map.of(), Map.of());
        }
    }

    public boolean isReadable() {
        return !status.equals(UNREADABLE);
    }

    /** What is awaited for a run, or for no single one. */
    public Stream<Awaited> awaitedFor(String run) {
        return awaited.stream().filter(wait -> wait.run() == null || wait.run().equals(run));
    }

    /** What the service is at for a run. */
    public Stream<PresentWork> workFor(String run) {
        return work.stream().filter(done -> run.equals(done.run()));
    }

    /** What the service complains of with regard to a run. */
    public List<String> complaintsOf(String run) {
        return complaints.getOrDefault("run " + run, List.of());
    }
}
