package dev.tempo.standalone.command;

import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.LoggedRun;
import dev.tempo.standalone.launch.RunLog;

/** The announcement of what an operator wants of a run. */
final class WantedState {
    private WantedState() {}

    /** @throws UserException if there is no such run, or nothing goes on with it */
    static void announce(BrokerConnection connection, String run, RunState state) {
        LoggedRun known = RunLog.read(connection).known(run);
        LoggedRun.Standing standing = known.standing();
        if (standing == LoggedRun.Standing.CANCELLED && state == RunState.CANCELLED) {
            return;
        }
        if (standing.isOver()) {
            throw new UserException("run " + run + " is " + standing.word()
                    + "; compute it anew by submitting its recipe.yaml under another id");
        }
        if (known.run().state() != state) {
            connection.publish(Topics.RUNS, known.wanted(state));
        }
    }
}
