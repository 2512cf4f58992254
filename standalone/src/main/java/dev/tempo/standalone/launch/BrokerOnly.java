package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The workspace's broker in this JVM, without services: for looking at what finished runs left on their topics. */
public final class BrokerOnly implements AutoCloseable {
    private final @Nullable WorkspaceLock lock;
    private final LocalBroker broker;
    private final Ports ports;

    private BrokerOnly(@Nullable WorkspaceLock lock, LocalBroker broker, Ports ports) {
        this.lock = lock;
        this.broker = broker;
        this.ports = ports;
    }

    /**
     * A broker that is started and keeps other launchers out.
     *
     * @param work this process's, in a few words
     * @param log where what it logs goes
     * @throws UserException if another launcher works in the workspace, or a port is taken
     */
    public static BrokerOnly start(Workspace workspace, Ports ports, String work, Path log) {
        System.setProperty("tempo.log", log.toString());
        WorkspaceLock lock = workspace.lock(work, System.err::println);
        try {
            refuseTaken(ports);
            new BrokerLog(workspace).remember();
            BrokerConnection.readLogging();
            return new BrokerOnly(lock, new LocalBroker(workspace.broker(), ports.broker(), ports.controller()), ports);
        } catch (UserException refused) {
            lock.close();
            throw refused;
        } catch (IOException unusable) {
            lock.close();
            throw new UserException("the broker cannot start: " + unusable.getMessage());
        }
    }

    /**
     * A broker from which records are deleted, for a process that has the workspace's lock and has said where it logs.
     *
     * @throws UserException if a port is taken or the log cannot be used
     */
    public static BrokerOnly forDeleting(Workspace workspace, Ports ports) {
        refuseTaken(ports);
        new BrokerLog(workspace).remember();
        BrokerConnection.readLogging();
        try {
            return new BrokerOnly(
                    null, LocalBroker.forDeleting(workspace.broker(), ports.broker(), ports.controller()), ports);
        } catch (IOException unusable) {
            throw new UserException("the broker cannot start: " + unusable.getMessage());
        }
    }

    private static void refuseTaken(Ports ports) {
        Ports.taken(ports.wantedByBroker()).forEach((port, wanted) -> {
            throw new UserException("port " + port + " is in use but " + wanted + " wants it; " + Ports.remedy());
        });
    }

    public String bootstrapServers() {
        return ports.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
        if (lock != null) {
            lock.close();
        }
    }
}
