package dev.tempo.standalone.demo;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.standalone.launch.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policy and the critic after a world's first stage as they ship beside its base model, in {@code stage1/}: a demonstration begins
 * where learning without labels does. Computed on one machine, they are what they are on every other, so a run that is to be
 * compared with others does not begin with them.
 *
 * @param origin the run that computed them
 * @param version the first one after the stage
 * @param fingerprint of all that bears on their weights, as {@link Fingerprint#ofWeights} writes it
 */
record ShippedStage(String origin, int version, String policySha256, String criticSha256, String fingerprint) {
    static final String DIRECTORY = "stage1";
    static final String FILE = "stage.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /**
     * The beginning of a recipe's second stage with what ships; empty where nothing does, or of another first stage.
     *
     * @throws UserException if what ships is damaged
     */
    static Optional<StageStart> startOf(Recipe recipe) {
        Path directory = Path.of(recipe.model()).resolveSibling(DIRECTORY);
        if (!Files.isRegularFile(directory.resolve(FILE)) || recipe.stages().size() < 2) {
            return Optional.empty();
        }
        try {
            ShippedStage shipped = JSON.readValue(directory.resolve(FILE), ShippedStage.class);
            String base = new ModelDirectory(Path.of(recipe.model())).sha256();
            if (!shipped.fingerprint.equals(Fingerprint.ofWeights(recipe, 1, base))) {
                return Optional.empty();
            }
            return Optional.of(new StageStart(
                    shipped.version,
                    model(directory.resolve("policy"), shipped.policySha256),
                    model(directory.resolve("critic"), shipped.criticSha256),
                    shipped.origin,
                    shipped.fingerprint));
        } catch (ModelFormatException damaged) {
            throw new UserException(damaged.getMessage() + "; fetch it again, or delete " + directory
                    + " to have the first stage computed");
        } catch (JacksonException text) {
            throw new UserException(directory.resolve(FILE) + " is damaged; fetch it again, or delete " + directory
                    + " to have the first stage computed");
        }
    }

    private static ModelReference model(Path directory, String sha256) {
        new ModelDirectory(directory).verify(sha256);
        return new ModelReference(directory.toUri().toString(), sha256);
    }
}
