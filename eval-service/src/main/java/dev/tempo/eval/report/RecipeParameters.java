package dev.tempo.eval.report;

import dev.tempo.contract.Run;
import dev.tempo.eval.tracking.TrackedRun;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A run's recipe, as it lies in the run's directory, by the place of each value: {@code stages.test-time.policy.miniBatch}. Items of a list are
 * named by their {@code name}; a list of plain values is one value.
 *
 * @param by what computes the run; null where nobody has noted it
 */
record RecipeParameters(
        Run run, RunDirectory directory, @Nullable Provenance by) {
    private static final Pattern COMMIT = Pattern.compile("\\(commit ([^)]+)\\)");

    /** The run as trackers show it. */
    TrackedRun tracked() {
        Map<String, String> tags = new TreeMap<>();
        Map<String, String> parameters = new TreeMap<>();
        tags.put("mlflow.source.name", run.recipe().name());
        tags.put("tempo.recipe", run.recipe().name());
        tags.put("tempo.seed", String.valueOf(run.recipe().seed()));
        if (by != null) {
            tags.put("tempo.version", by.product());
            Matcher commit = COMMIT.matcher(by.product());
            if (commit.find()) {
                tags.put("mlflow.source.git.commit", commit.group(1));
            }
        }
        try {
            if (Files.exists(directory.recipe())) {
                byte[] file = Files.readAllBytes(directory.recipe());
                tags.put("tempo.recipe.sha256", DigestUtils.sha256Hex(file));
                flatten("", parsed(new String(file, StandardCharsets.UTF_8)), parameters);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(directory.recipe() + " cannot be read", unreadable);
        }
        return new TrackedRun(run.run(), tags, parameters);
    }

    /** The content of the file; nothing where it was damaged, since a run goes on without it. */
    private static @Nullable Object parsed(String text) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException damaged) {
            return null;
        }
    }

    private static void flatten(String place, @Nullable Object value, Map<String, String> parameters) {
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((name, content) ->
                    flatten(place.isEmpty() ? String.valueOf(name) : place + "." + name, content, parameters));
        } else if (value instanceof List<?> items && items.stream().anyMatch(Map.class::isInstance)) {
            for (int item = 0; item < items.size(); item++) {
                Object name = items.get(item) instanceof Map<?, ?> fields ? fields.get("name") : null;
                flatten(place + "." + (name == null ? item : name), items.get(item), parameters);
            }
        } else if (value != null && !place.isEmpty()) {
            parameters.put(place, String.valueOf(value));
        }
    }
}
