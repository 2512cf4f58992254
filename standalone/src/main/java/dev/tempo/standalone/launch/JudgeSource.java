package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.model.device.ComputeDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The source of judges beside the built-in ones.
 *
 * @param directory of jars, absolute; may be missing
 * @param configuration of judge-service beyond what it finds by itself
 */
public record JudgeSource(Path directory, @Nullable Path configuration) {

    /** @throws UserException if the configuration cannot be used */
    public static AvailableJudges find(@Nullable Path directory, @Nullable Path configuration) {
        if (configuration != null && !Files.isRegularFile(configuration)) {
            throw new UserException(configuration + ": no such file of judge-service's properties");
        }
        try {
            return AvailableJudges.find(directory, configuration);
        } catch (IllegalArgumentException refused) {
            throw new UserException(String.valueOf(refused.getMessage()));
        }
    }

    /** The settings that a run is launched with, these judges included. */
    public LaunchSettings settings(int threads, ComputeDevice device) {
        return LaunchSettings.of(
                threads,
                device,
                configuration == null ? null : configuration.toAbsolutePath().toString());
    }

    /** The arguments that tell services of this source. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--tempo.judge.directory=" + directory));
        if (configuration != null) {
            arguments.add("--spring.config.additional-location="
                    + configuration.toAbsolutePath().toUri());
        }
        return arguments;
    }
}
