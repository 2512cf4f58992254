package dev.tempo.judge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.judge.Answers;
import dev.tempo.judge.VoteCounter;
import dev.tempo.judge.VoteHistory;
import dev.tempo.judging.Judges;
import dev.tempo.judging.RunBuilder;
import dev.tempo.judging.plugin.RunPlugIns;
import dev.tempo.messaging.service.RunLines;
import dev.tempo.runs.KnownRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunListenerTest {
    @TempDir
    Path plugIns;

    private final Judges judges = new Judges(Judges.builtIn());
    private final KnownRuns runs = new KnownRuns(Duration.ZERO, () -> Instant.EPOCH);

    @Test
    void ofWhatWasAnnouncedBeforeTheStartOnlyActiveRunsAreWorthALine() {
        RunListener listener = listener();
        Run finished = RunBuilder.aRun("finished").active();
        Run active = RunBuilder.aRun("active").active();
        try (RunLines lines = new RunLines()) {
            listener.on(finished);
            listener.on(finished.withState(RunState.FINISHED));
            listener.on(active);
            assertThat(lines.of("active")).isEmpty();

            listener.caughtUp();

            assertThat(lines.of("active")).containsExactly("run begun round=0 version=0");
            assertThat(lines.of("finished")).isEmpty();
            assertThat(runs.active("active")).isEqualTo(active);
        }
    }

    @Test
    void aRunThatGoesOnAndEndsIsToldOnceEach() {
        RunListener listener = listener();
        listener.caughtUp();
        Run run = RunBuilder.aRun("r").active();
        int last = run.recipe().rounds();
        try (RunLines lines = new RunLines()) {
            listener.on(run);
            listener.on(run);
            listener.on(run.withState(RunState.FINISHED));
            listener.on(run.withState(RunState.FINISHED));

            assertThat(lines.of("r"))
                    .containsExactly("run begun round=0 version=0", "run finished round=" + last + " version=" + last);
        }
    }

    private RunListener listener() {
        VoteHistory history = new VoteHistory();
        return new RunListener(
                runs, new Answers(), new VoteCounter(runs, judges, history), history, new RunPlugIns(judges, plugIns));
    }
}
