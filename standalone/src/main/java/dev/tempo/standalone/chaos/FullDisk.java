package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A disk on which nothing fits any more, for a while. */
record FullDisk(String words, Function<Victim, Optional<SmallDisk>> disk) implements Fault {

    @Override
    public String family() {
        return "full disk";
    }

    @Override
    public When when() {
        return When.WHILE_IT_RUNS;
    }

    @Override
    public boolean mayStopTheRun() {
        return true;
    }

    @Override
    public Strike strike(Victim victim, RandomGenerator random) throws IOException {
        Optional<SmallDisk> small = disk.apply(victim);
        if (small.isEmpty()) {
            return Strike.impossible("a small disk can be mounted by root alone");
        }
        Duration time = Duration.ofMillis(random.nextLong(2000, 12_000));
        small.get().fill();
        victim.after(time, small.get()::free);
        return Strike.of("full for " + time.toSeconds() + " s").lasting(time).undoneBy(small.get()::free);
    }
}
