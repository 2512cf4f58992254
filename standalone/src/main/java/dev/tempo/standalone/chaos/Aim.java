package dev.tempo.standalone.chaos;

import java.util.List;
import java.util.random.RandomGenerator;

/** The processes that a fault is aimed at. */
interface Aim {
    Aim LAUNCHER = (victim, random) -> List.of(victim.child().handle());
    Aim EVERYTHING = (victim, random) -> victim.everything();
    Aim BROKER_AND_SERVICES = (victim, random) -> victim.processes(Victim.names());
    Aim ONE_SERVICE = (victim, random) -> victim.processes(List.of(
            FaultKinds.services().get(random.nextInt(FaultKinds.services().size()))));
    Aim TWO_SERVICES = (victim, random) -> {
        List<String> services = FaultKinds.services();
        int first = random.nextInt(services.size());
        int second = (first + 1 + random.nextInt(services.size() - 1)) % services.size();
        return victim.processes(List.of(services.get(first), services.get(second)));
    };

    List<ProcessHandle> processes(Victim victim, RandomGenerator random);

    static Aim at(String name) {
        return (victim, random) -> victim.processes(List.of(name));
    }
}
