package dev.tempo.model.replay;

import dev.tempo.contract.UserException;
import dev.tempo.model.files.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The steps of a trainer from a checkpoint on, up to where a number was not finite: all that is needed to take them again.
 *
 * @param model {@code policy} or {@code critic}
 * @param batch where in the round it was found, in words
 * @param tensor what was not finite
 * @param found what was found, in words
 * @param steps in order; the last one gave the number, unless that was found in what was measured
 * @param measured sequences whose log-probabilities or values were measured after the steps and were not finite
 */
public record TakenSteps(
        String run,
        String model,
        int round,
        String batch,
        String tensor,
        String found,
        StepOrigin origin,
        List<RecordedStep> steps,
        List<StepRow> measured) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public TakenSteps {
        steps = List.copyOf(steps);
        measured = List.copyOf(measured);
    }

    /**
     * The steps in a file.
     *
     * @throws UserException naming the file, if it is missing or holds no steps
     */
    public static TakenSteps read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), TakenSteps.class);
        } catch (NoSuchFileException missing) {
            throw new UserException(file + " is missing");
        } catch (IOException | JacksonException unreadable) {
            throw new UserException(file + " holds no steps to take again: " + unreadable.getMessage());
        }
    }

    void write(Path file) {
        DurableFile.write(file, JSON.writeValueAsBytes(this));
    }

    boolean ofPolicy() {
        return model.equals("policy");
    }
}
