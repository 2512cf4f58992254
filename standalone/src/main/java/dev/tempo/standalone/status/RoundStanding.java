package dev.tempo.standalone.status;

import dev.tempo.messaging.succession.GroupLags;
import dev.tempo.standalone.launch.BrokerConnection;
import java.util.List;

/**
 * What a broker knows of a run's present round.
 *
 * @param topics what was asked for and has arrived
 * @param lags of all groups, whichever run's records they are behind with
 */
public record RoundStanding(List<RoundTraffic> topics, List<GroupLags.Lag> lags) {
    /** Of a run that is over. */
    public static final RoundStanding NONE = new RoundStanding(List.of(), List.of());

    public static RoundStanding of(BrokerConnection connection, LoggedRun run) {
        return run.standing().isOver()
                ? NONE
                : new RoundStanding(
                        RoundTraffic.of(connection, run.run().run(), run.version(), run.roundBegan()),
                        connection.lags().orElse(List.of()));
    }
}
