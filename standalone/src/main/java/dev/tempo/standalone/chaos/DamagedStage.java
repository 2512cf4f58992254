package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Damage to a file of a finished first stage that is kept for later runs. */
record DamagedStage() implements Fault {

    @Override
    public String words() {
        return "damage a cached stage";
    }

    @Override
    public String family() {
        return "damaged file";
    }

    @Override
    public When when() {
        return When.BEFORE_IT_BEGINS;
    }

    @Override
    public Strike strike(Victim victim, RandomGenerator random) throws IOException {
        try (Stream<Path> walked = Files.walk(victim.workspace().stageCache())) {
            List<Path> files = walked.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("entry.json|model.safetensors"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                return Strike.impossible("the undisturbed run left no stage to reuse");
            }
            Path file = files.get(random.nextInt(files.size()));
            List<FileDamage> damages = List.of(FileDamage.BIT_FLIPPED, FileDamage.TORN, FileDamage.DELETED);
            FileDamage damage = damages.get(random.nextInt(damages.size()));
            Path copy = Files.createTempFile(victim.root(), "copy-", "-" + file.getFileName());
            return Strike.of(victim.workspace()
                                    .stageCache()
                                    .relativize(file)
                                    .toString()
                                    .replaceAll("^[^/]*/", "") + " " + damage)
                    .undoneBy(damage.to(file, copy, random));
        }
    }
}
