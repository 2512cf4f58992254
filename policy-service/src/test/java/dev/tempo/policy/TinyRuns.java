package dev.tempo.policy;

import dev.tempo.contract.Run;
import dev.tempo.contract.ValuedTrajectory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests on runs of two supervised rounds and two rewarded by the critic, from a tiny base. */
abstract class TinyRuns {
    @TempDir
    static Path models;

    static Path base;

    @TempDir
    Path runs;

    @BeforeAll
    static void writeModel() {
        base = TinyModel.write(models.resolve("base"));
    }

    Run run(String id) {
        return Recipes.run(id, runs.resolve(id), base, Recipes.supervised(2), Recipes.tempo(2));
    }

    static List<ValuedTrajectory> rows(Run run, int round) {
        return Rows.ofRound(run.run(), run.recipe(), round);
    }

    static Bench finished(Run run) {
        Bench bench = new Bench().start(run);
        for (int round = 0; round < run.recipe().rounds(); round++) {
            bench.write(rows(run, round)).deliver();
        }
        return bench;
    }
}
