package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a workspace: the one that runs while a launcher is at work there, otherwise one that runs for as long as this
 * is open. The connection to it is closed with it.
 */
public final class WorkspaceBroker implements AutoCloseable {
    private final @Nullable BrokerOnly started;
    private final BrokerConnection connection;

    private WorkspaceBroker(@Nullable BrokerOnly started, BrokerConnection connection) {
        this.started = started;
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param work this process's, in a few words
     * @throws UserException if nothing has run in the workspace yet, or its broker cannot be reached or started
     */
    public static WorkspaceBroker open(Workspace workspace, Ports ports, String work) {
        if (!Files.exists(identity(workspace))) {
            throw new UserException("nothing has run in " + workspace.root() + " yet; choose another by --workspace");
        }
        Path log = workspace.hidden().resolve("commands.log");
        if (!WorkspaceLock.isTaken(workspace)) {
            BrokerOnly started = BrokerOnly.start(workspace, ports, work, log);
            try {
                return new WorkspaceBroker(started, BrokerConnection.connect(started.bootstrapServers()));
            } catch (RuntimeException unconnected) {
                started.close();
                throw unconnected;
            }
        }
        System.setProperty("tempo.log", log.toString());
        if (!ports.brokerListens()) {
            throw new UserException("a tempo is at work in " + workspace.root() + ", but no broker listens on port "
                    + ports.broker() + "; say the --port-base that it was started with, or wait until it has started");
        }
        BrokerConnection connection = BrokerConnection.connect(ports.bootstrapServers());
        try {
            refuseOther(workspace, ports, connection.deadLetters().cluster());
        } catch (UserException refused) {
            connection.close();
            throw refused;
        }
        return new WorkspaceBroker(null, connection);
    }

    public BrokerConnection connection() {
        return connection;
    }

    /** Another workspace's broker may have the port: nothing of it is to be looked at, far less deleted. */
    private static void refuseOther(Workspace workspace, Ports ports, String cluster) {
        Properties own = new Properties();
        try (Reader reader = Files.newBufferedReader(identity(workspace))) {
            own.load(reader);
        } catch (IOException unreadable) {
            throw new UserException(identity(workspace) + " cannot be read: " + FileTrouble.words(unreadable));
        }
        if (!cluster.equals(own.getProperty("cluster.id"))) {
            throw new UserException("the broker on port " + ports.broker() + " is not that of " + workspace.root()
                    + "; say the --port-base with which tempo was started there");
        }
    }

    private static Path identity(Workspace workspace) {
        return workspace.broker().resolve("meta.properties");
    }

    @Override
    public void close() {
        connection.close();
        if (started != null) {
            started.close();
        }
    }
}
