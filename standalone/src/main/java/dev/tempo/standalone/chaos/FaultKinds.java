package dev.tempo.standalone.chaos;

import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of fault. */
final class FaultKinds {
    static final List<Fault> ALL = all();

    private FaultKinds() {}

    private static List<Fault> all() {
        List<Fault> kinds = new ArrayList<>();
        for (String name : Victim.names()) {
            kinds.add(new KilledProcesses("kill -9 " + name, Aim.at(name)));
        }
        kinds.add(new KilledProcesses("kill -9 two services", Aim.TWO_SERVICES));
        kinds.add(new KilledProcesses("kill -9 the launcher", Aim.LAUNCHER));
        kinds.add(new KilledProcesses("kill -9 everything", Aim.EVERYTHING));
        for (String name : Victim.names()) {
            kinds.add(new FrozenProcesses("freeze " + name, Aim.at(name), false));
        }
        kinds.add(new FrozenProcesses("freeze broker and services", Aim.BROKER_AND_SERVICES, false));
        kinds.add(new FrozenProcesses("freeze everything", Aim.EVERYTHING, false));
        kinds.add(new FrozenProcesses("freeze a service for long", Aim.ONE_SERVICE, true));
        kinds.add(new FullDisk("the run's disk is full", Victim::diskOfRuns));
        kinds.add(new FullDisk("the broker's disk is full", Victim::diskOfBroker));
        kinds.addAll(files());
        for (PoisonSort sort : PoisonSort.values()) {
            kinds.add(new Poison(sort));
        }
        kinds.add(new LostBroker(false));
        kinds.add(new LostBroker(true));
        kinds.add(new TornBroker());
        return kinds;
    }

    private static List<Fault> files() {
        List<Fault> kinds = new ArrayList<>();
        List<FileDamage> any = List.of(FileDamage.BIT_FLIPPED, FileDamage.TORN, FileDamage.DELETED);
        kinds.add(new DamagedFiles("newest policy version", any, FaultKinds::newestPolicy));
        kinds.add(new DamagedFiles(
                "newest policy version, live", any, Fault.When.WHILE_IT_RUNS, FaultKinds::newestPolicy));
        kinds.add(new DamagedFiles(
                "newest critic version",
                any,
                files -> files.critic().versions().isEmpty()
                        ? List.of()
                        : List.of(weights(files.critic().versions().lastEntry().getValue()))));
        kinds.add(new DamagedFiles(
                "policy checkpoint", any, files -> List.of(files.policy().checkpoint())));
        kinds.add(new DamagedFiles(
                "critic state", any, files -> List.of(files.critic().checkpoint())));
        kinds.add(new DamagedFiles(
                "every policy checkpoint",
                any,
                files -> withOlder(files.policy().checkpoint())));
        kinds.add(new DamagedFiles(
                "every critic state", any, files -> withOlder(files.critic().checkpoint())));
        kinds.add(new DamagedFiles("newest promoted checkpoint", any, files -> last(promotedCheckpoints(files))));
        kinds.add(new DamagedFiles("every promoted checkpoint", any, FaultKinds::promotedCheckpoints));
        kinds.add(new DamagedFiles(
                "newest promoted version",
                any,
                files -> last(listed(files.promotions().version(0).resolveSibling(""), "v\\d+")).stream()
                        .map(FaultKinds::weights)
                        .toList()));
        kinds.add(new DamagedFiles("run.json", any, files -> List.of(files.submission())));
        kinds.add(new DamagedFiles("launch.json", any, files -> List.of(files.launchSettings())));
        kinds.add(new DamagedFiles("cached-reports.json", any, files -> List.of(files.cachedReports())));
        kinds.add(new DamagedFiles(
                "metrics.jsonl, last line", List.of(FileDamage.TORN_AT_THE_END), files -> List.of(files.metrics())));
        kinds.add(new DamagedStage());
        return kinds;
    }

    private static List<Path> newestPolicy(RunDirectory files) {
        return files.policy().versions().isEmpty()
                ? List.of()
                : List.of(weights(files.policy().versions().lastEntry().getValue()));
    }

    private static List<Path> promotedCheckpoints(RunDirectory files) {
        return listed(files.policy().checkpoint().resolveSibling(""), "promoted-v\\d+-.*");
    }

    /** What lies in a directory under names of this form, in their order; nothing where there is no directory. */
    private static List<Path> listed(Path directory, String names) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(names))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> last(List<Path> files) {
        return files.isEmpty() ? List.of() : List.of(files.get(files.size() - 1));
    }

    private static Path weights(Path version) {
        return version.resolve("model.safetensors");
    }

    private static List<Path> withOlder(Path checkpoint) {
        return List.of(checkpoint, checkpoint.resolveSibling("older-" + checkpoint.getFileName()));
    }

    /** Whether a kind, known by its words, may stop a run; of one that is not dealt any more nobody can tell that it may not. */
    static boolean mayStopTheRun(String words) {
        return ALL.stream().filter(kind -> kind.words().equals(words)).allMatch(Fault::mayStopTheRun);
    }

    /** The names of the services. */
    static List<String> services() {
        return List.of(Service.values()).stream().map(Service::module).toList();
    }
}
