package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** Kill -9 of processes, all at once. */
record KilledProcesses(String words, Aim aim) implements Fault {

    @Override
    public String family() {
        return "kill -9";
    }

    @Override
    public When when() {
        return When.WHILE_IT_RUNS;
    }

    @Override
    public boolean mayStopTheRun() {
        return aim == Aim.LAUNCHER || aim == Aim.EVERYTHING;
    }

    @Override
    public Strike strike(Victim victim, RandomGenerator random) throws IOException {
        List<ProcessHandle> processes = aim.processes(victim, random);
        Signals.kill(processes);
        return Strike.of("killed " + processes.size() + " of " + victim.mode());
    }
}
