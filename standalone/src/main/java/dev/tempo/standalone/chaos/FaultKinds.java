package dev.tempo.standalone.chaos;

import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
