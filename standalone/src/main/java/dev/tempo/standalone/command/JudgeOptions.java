package dev.tempo.standalone.command;

import dev.tempo.judging.AvailableJudges;
import dev.tempo.judging.plugin.RunPlugIns;
import dev.tempo.standalone.launch.JudgeSource;
import dev.tempo.standalone.launch.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where judges beside the built-in ones come from. */
final class JudgeOptions {

    @Option(
            names = "--judges",
            paramLabel = "DIR",
            description =
                    "Take further judges from the jars in this directory (default: judges/ in the working directory).")
    private @Nullable Path directory;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read properties of judge-service, such as tempo.judge.endpoints, from this file (YAML or"
                    + " .properties) beside the environment and judge-service.yaml in the working directory.")
    private @Nullable Path configuration;

    /** The judges that are there now. */
    AvailableJudges find() {
        return JudgeSource.find(directory, configuration);
    }

    /** The judges that a run begun earlier may name: the jars that it keeps, and the properties it was begun with. */
    AvailableJudges findFor(Launch launch) {
        String before = launch.settings().judgeConfiguration();
        if (configuration == null && before != null) {
            configuration = Path.of(before);
        }
        Path kept = RunPlugIns.of(launch.run().directory());
        return JudgeSource.find(directory == null && Files.isDirectory(kept) ? kept : directory, configuration);
    }

    JudgeSource source(AvailableJudges found) {
        return new JudgeSource(found.directory(), configuration);
    }
}
