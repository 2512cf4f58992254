package dev.tempo.standalone.status;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.ServiceState;
import dev.tempo.standalone.launch.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run that a launcher has at work, as its services and its broker tell of it.
 *
 * @param services in the order in which they are started
 * @param isPaused whether its operator wants it so
 * @param round what its present round has asked for and got
 * @param silence why the broker told nothing; null where it did
 */
public record RunAtWork(
        List<ServiceState> services,
        boolean isPaused,
        RoundStanding round,
        @Nullable String silence) {

    /** What all of them tell now. Some may hang: none is waited for without end. */
    public static RunAtWork look(Workspace workspace, Ports ports, Run run) {
        List<ServiceState> services = ServiceState.of(ports, run);
        if (!ports.brokerListens()) {
            return new RunAtWork(services, false, RoundStanding.NONE, "nothing listens on port " + ports.broker());
        }
        BrokerConnection.quietly(workspace);
        try (BrokerConnection connection = BrokerConnection.connect(ports.bootstrapServers())) {
            connection.awaitReady(ports.bootstrapServers());
            LoggedRun logged = RunLog.read(connection).known(run.run());
            return new RunAtWork(
                    services.stream()
                            .map(service -> service.with(logged.versionOf(service.service())))
                            .toList(),
                    logged.standing() == LoggedRun.Standing.PAUSED,
                    RoundStanding.of(connection, logged),
                    null);
        } catch (UserException unanswered) {
            return new RunAtWork(services, false, RoundStanding.NONE, unanswered.getMessage());
        }
    }
}
