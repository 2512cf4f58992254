package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Processes that stand still for a while and go on.
 *
 * @param words without the time
 * @param forLong whether for as long as was allowed
 */
record FrozenProcesses(String words, Aim aim, boolean forLong) implements Fault {
    private static final int SHORTEST_MILLIS = 1000;
    private static final int USUAL_MILLIS = 15_000;

    @Override
    public String family() {
        return "freeze";
    }

    @Override
    public When when() {
        return When.WHILE_IT_RUNS;
    }

    @Override
    public Strike strike(Victim victim, RandomGenerator random) throws IOException {
        long longest = victim.longestFreeze().toMillis();
        Duration time = Duration.ofMillis(
                forLong ? longest : random.nextLong(SHORTEST_MILLIS, Math.min(longest, USUAL_MILLIS) + 1));
        List<ProcessHandle> processes = aim.processes(victim, random);
        victim.freeze(processes, time);
        return Strike.of("froze " + processes.size() + " of " + victim.mode() + " for " + time.toSeconds() + " s")
                .lasting(time);
    }
}
