package dev.tempo.standalone.serve;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.learning.LearningSettings;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Service;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that let a run learn from the chats that are served. */
public final class LearnOptions {
    /** The environment variable with our key at the address that takes questions, where it asks for one. */
    static final String KEY = "TEMPO_QUESTION_KEY";

    @Option(
            names = "--learn",
            paramLabel = "SHARE",
            description = {
                "Lets the run learn from what it is asked: from chats of one message whose header x-tempo-learn or API key says"
                        + " yes, and from SHARE of those of which nobody says anything, from 0 to 1. Without it, from none.",
                "The recipe needs data.unlabeled.arriving. Where questions need a key it is in " + KEY + "."
            })
    private @Nullable Double share;

    @Option(
            names = "--learn-domain",
            paramLabel = "DOMAIN",
            description = "The domain of these questions (default: the recipe's default).")
    private @Nullable String domain;

    /** Refuses these options where nothing could learn. */
    void refuse(String why) {
        if (share != null || domain != null) {
            throw new UserException("--learn cannot be had: " + why);
        }
    }

    /** Refuses these options for a recipe that awaits no questions. */
    void refuseUnlessAwaited(Recipe recipe) {
        if (recipe.data().arriving() == null) {
            refuse("recipe " + recipe.name() + " awaits no questions; it needs data.unlabeled.arriving");
        }
    }

    /** The settings with what these options say. */
    ServingSettings added(ServingSettings settings, Ports ports) {
        if (share == null) {
            refuse("--learn-domain needs --learn SHARE");
            return settings;
        }
        String key = System.getenv(KEY);
        return settings.withLearning(new LearningSettings(
                share,
                Service.POLICY.root(ports).resolve("/v1/questions"),
                key == null || key.isBlank() ? null : key.strip(),
                domain));
    }
}
