package dev.tempo.policy;

import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.TrainerFiles;
import java.util.Optional;

/**
 * The way back of one run's training to the version that a trial promoted last, where its recipe says so. Which round goes it is a function of
 * the verdicts on versions up to that round's, each of which is waited for. One thread owns it.
 */
final class WayBack {
    private final Run run;
    private final TrainerFiles files;
    private final PolicyTrainer trainer;
    private final RunVerdicts verdicts;

    WayBack(Run run, TrainerFiles files, PolicyTrainer trainer, RunVerdicts verdicts) {
        this.run = run;
        this.files = files;
        this.trainer = trainer;
        this.verdicts = verdicts;
    }

    /** Whether nothing is made of a version's round before its trial is over. */
    boolean isAwaited(int version) {
        return run.recipe().goesBack()
                && version > run.firstVersion()
                && run.recipe().tries(version)
                && verdicts.of(version).isEmpty();
    }

    /**
     * What becomes of the round of the present version where training goes back instead of learning from it: the trainer has weights and
     * optimizer of the promoted version then. Empty where it learns. A present version that was promoted is one to go back to from now on:
     * its checkpoint is kept.
     *
     * @param rows of the round
     * @throws dev.tempo.runs.RunStoppedException if the promoted version's checkpoint is gone or damaged
     */
    Optional<Update> gone(Checkpoint present, Recipe recipe, int rows) {
        PromotionSettings settings = run.recipe().promotion();
        Integer failures = settings == null ? null : settings.goBackAfter();
        int version = present.version();
        if (failures == null || version == run.firstVersion()) {
            return Optional.empty();
        }
        if (verdicts.of(version).filter(PromotionOutcome.PROMOTED::equals).isPresent()) {
            files.promoted().keep(version, file -> trainer.saveState(file, present.notes(files.token())));
        }
        return verdicts.back(version, run.firstVersion(), failures).map(promoted -> {
            goBack(promoted, recipe, recipe.stageOf(version));
            return Update.back(promoted, rows);
        });
    }

    /** Those with which the promoted version's round began, or a new optimizer where that was of an earlier stage. */
    private void goBack(int promoted, Recipe recipe, Stage present) {
        if (promoted == run.firstVersion()) {
            trainer.goBackToStart(
                    PolicyVersionFiles.first(run), present.policy().optimizer(), PolicyVersionFiles.seed(run));
            return;
        }
        trainer.goBackTo(
                RunDirectory.pathOf(run.firstPolicy()), files.promoted().find(promoted));
        if (!recipe.stageOf(promoted).name().equals(present.name())) {
            trainer.resetOptimizer(present.policy().optimizer());
        }
    }
}
