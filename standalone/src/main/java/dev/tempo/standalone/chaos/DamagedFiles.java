package dev.tempo.standalone.chaos;

import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Damage to files of a run. A copy stays, which is put back when the run asks for it. */
record DamagedFiles(String file, List<FileDamage> damages, When when, Function<RunDirectory, List<Path>> files)
        implements Fault {

    DamagedFiles(String file, List<FileDamage> damages, Function<RunDirectory, List<Path>> files) {
        this(file, damages, When.AT_REST, files);
    }

    @Override
    public String words() {
        return "damage " + file;
    }

    @Override
    public String family() {
        return "damaged file";
    }

    @Override
    public boolean mayStopTheRun() {
        return true;
    }

    @Override
    public Strike strike(Victim victim, RandomGenerator random) throws IOException {
        FileDamage damage = damages.get(random.nextInt(damages.size()));
        List<Strike.Remedy> remedies = new ArrayList<>();
        for (Path found : files.apply(victim.files())) {
            if (Files.exists(found)) {
                Path copy = Files.createTempFile(victim.root(), "copy-", "-" + found.getFileName());
                remedies.add(damage.to(found, copy, random));
                victim.harmed(found);
            }
        }
        if (remedies.isEmpty()) {
            return Strike.impossible("the run has none");
        }
        return Strike.of(damage.toString()).undoneBy(() -> {
            for (Strike.Remedy remedy : remedies) {
                remedy.apply();
            }
        });
    }
}
