package dev.tempo.standalone.command;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.UserException;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.status.LoggedRun;
import dev.tempo.standalone.status.RunLog;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that announces what its operator wants of a run. */
abstract class WantedState implements Callable<Integer> {
    private final RunState state;
    private final String announced;

    @Parameters(paramLabel = "RUN", description = "The id of a run.")
    private String run = "";

    @Mixin
    private final BrokerSource source = new BrokerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param announced what is told once it is announced, with {@code %1$s} for the run's id */
    WantedState(RunState state, String announced) {
        this.state = state;
        this.announced = announced;
    }

    @Override
    public final Integer call() {
        source.open("./tempo " + spec.name(), connection -> {
            announce(connection);
            spec.commandLine().getOut().println(announced.formatted(run));
        });
        return 0;
    }

    private void announce(BrokerConnection connection) {
        LoggedRun known = RunLog.read(connection).known(run);
        LoggedRun.Standing standing = known.standing();
        if (standing == LoggedRun.Standing.CANCELLED && state == RunState.CANCELLED) {
            noteHere(known);
            return;
        }
        if (standing.isOver()) {
            throw new UserException("run " + run + " is " + standing.word()
                    + "; compute it anew by submitting its recipe.yaml under another id");
        }
        Run announced = connection.runs().change(run, wanted -> {
            Run last = wanted == null ? known.run() : wanted;
            return last.state().isOver() ? last : last.withState(state);
        });
        if (announced.state() != state) {
            throw new UserException(
                    "run " + run + " is " + announced.state().name().toLowerCase(Locale.ROOT) + " by now");
        }
        noteHere(known);
    }

    /** A run that no service has at work is called cancelled by {@code ls} all the same, if its files are on this machine. */
    private void noteHere(LoggedRun known) {
        if (state == RunState.CANCELLED) {
            RunDirectory.of(known.run()).noteCancelled();
        }
    }
}
