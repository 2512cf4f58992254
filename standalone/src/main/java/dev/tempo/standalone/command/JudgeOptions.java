package dev.tempo.standalone.command;

import dev.tempo.judge.AvailableJudges;
import dev.tempo.standalone.launch.JudgeSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where judges beside the built-in ones come from. */
final class JudgeOptions {

    @Option(
            names = "--judges",
            paramLabel = "DIR",
            description = "Directory of jars with further judges (default: judges/ in the working directory).")
    private @Nullable Path directory;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "Properties of judge-service (YAML or .properties), such as tempo.judge.endpoints; beside the environment",
                "and judge-service.yaml in the working directory."
            })
    private @Nullable Path configuration;

    /** All judges there are. */
    AvailableJudges find() {
        return JudgeSource.find(directory, configuration);
    }

    JudgeSource source(AvailableJudges found) {
        return new JudgeSource(found.directory(), configuration);
    }
}
