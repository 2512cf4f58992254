package dev.tempo.model.training;

import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.files.TensorFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header of a trainer's state file, besides the description of its tensors.
 *
 * @param steps the number of optimizer steps
 * @param optimizer the optimizer's settings
 * @param notes the texts of the file's writer
 */
record TrainerState(float steps, Optimizer optimizer, Map<String, String> notes) {
    private static final String STEPS = "optimizer.steps";
    private static final String LEARNING_RATE = "optimizer.learning_rate";
    private static final String BETA1 = "optimizer.beta1";
    private static final String BETA2 = "optimizer.beta2";
    private static final String WEIGHT_DECAY = "optimizer.weight_decay";
    private static final String GRADIENT_CLIP = "optimizer.gradient_clip";
    private static final String NOTE = "note.";

    static TrainerState of(TensorFile file) {
        Map<String, String> notes = new LinkedHashMap<>();
        file.metadata().forEach((key, value) -> {
            if (key.startsWith(NOTE)) {
                notes.put(key.substring(NOTE.length()), value);
            }
        });
        Optimizer optimizer = new Optimizer(
                number(file, LEARNING_RATE),
                number(file, BETA1),
                number(file, BETA2),
                number(file, WEIGHT_DECAY),
                number(file, GRADIENT_CLIP));
        return new TrainerState((float) number(file, STEPS), optimizer, notes);
    }

    static Map<String, String> notes(Path file) {
        return of(TensorFile.open(file)).notes();
    }

    private static double number(TensorFile file, String key) {
        String value = file.metadata().get(key);
        if (value == null) {
            throw new ModelFormatException(file.path() + " is no trainer's state: it has no " + key);
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new ModelFormatException(file.path() + ": " + key + " is no number but " + value, e);
        }
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(STEPS, Float.toString(steps));
        metadata.put(LEARNING_RATE, Double.toString(optimizer.learningRate()));
        metadata.put(BETA1, Double.toString(optimizer.beta1()));
        metadata.put(BETA2, Double.toString(optimizer.beta2()));
        metadata.put(WEIGHT_DECAY, Double.toString(optimizer.weightDecay()));
        metadata.put(GRADIENT_CLIP, Double.toString(optimizer.gradientClip()));
        notes.forEach((key, value) -> metadata.put(NOTE + key, value));
        return metadata;
    }
}
