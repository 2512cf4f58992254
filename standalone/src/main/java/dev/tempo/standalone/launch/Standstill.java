package dev.tempo.standalone.launch;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.recipe.Recipe;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a run stands still, out of what the five services say: who does not answer, and what has been awaited for
 * long. Where several wait for one another the one nearest to the beginning of a round's road is named. Not thread-safe.
 */
final class Standstill {
    /** A wait that is no news: so long may a service compute. */
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Looks in a row at a service that does not answer; one alone may be a pause of its garbage collector. */
    private static final int SILENT_LOOKS = 3;

    private static final List<Service> ROAD =
            List.of(Service.ROLLOUT, Service.JUDGE, Service.CRITIC, Service.POLICY, Service.EVAL);

    private final Recipe recipe;
    private final Consumer<String> notices;
    private final Set<Service> met = EnumSet.noneOf(Service.class);
    private final Map<Service, Silence> silences = new EnumMap<>(Service.class);
    private @Nullable String told;

    private record Silence(int looks, Instant since) {}

    /** @param notices told each reason once, when it begins to hold */
    Standstill(Recipe recipe, Consumer<String> notices) {
        this.recipe = recipe;
        this.notices = notices;
    }

    /** The reason at this moment, in words; empty while the run moves. */
    Optional<String> look(Monitor.Health health, Instant now) {
        for (Service service : Service.values()) {
            if (!health.silent().contains(service)) {
                met.add(service);
                silences.remove(service);
            } else if (met.contains(service)) {
                silences.merge(
                        service,
                        new Silence(1, now),
                        (before, first) -> new Silence(before.looks() + 1, before.since()));
            }
        }
        Optional<Monitor.Wait> first = health.waits().stream()
                .filter(wait -> wait.awaited().age(now).compareTo(LONG) > 0)
                .min(Comparator.comparing(wait -> ROAD.indexOf(wait.by())));
        String waits = first.map(wait ->
                        wait.by().module() + ": " + Monitor.named(wait.awaited().words(now), recipe))
                .orElse("");
        List<Service> silent = ROAD.stream().filter(this::isSilent).toList();
        if (silent.isEmpty()) {
            return tell(first.map(Standstill::key).orElse(null), waits);
        }
        String names = silent.stream().map(Service::module).collect(Collectors.joining(", "));
        long seconds = Duration.between(since(silent.get(0)), now).toSeconds();
        String words = names + (silent.size() == 1 ? " does" : " do") + " not answer, for " + seconds + " s";
        return tell(names, waits.isEmpty() ? words : words + "; " + waits);
    }

    private boolean isSilent(Service service) {
        Silence silence = silences.get(service);
        return silence != null && silence.looks() >= SILENT_LOOKS;
    }

    private Instant since(Service service) {
        return Objects.requireNonNull(silences.get(service)).since();
    }

    /** What is the same while a wait goes on: of whom something is awaited, by whom and since when. */
    private static String key(Monitor.Wait wait) {
        Awaited awaited = wait.awaited();
        return wait.by() + " " + awaited.run() + " " + awaited.from() + " " + awaited.since();
    }

    private Optional<String> tell(@Nullable String key, String words) {
        if (key != null && !key.equals(told)) {
            notices.accept(words);
        }
        told = key;
        return key == null ? Optional.empty() : Optional.of(words);
    }
}
