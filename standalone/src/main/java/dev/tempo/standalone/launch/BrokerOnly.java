package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.broker.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;

/** The workspace's broker in this JVM, without services: for looking at what finished runs left on their topics. */
public final class BrokerOnly implements AutoCloseable {
    private final WorkspaceLock lock;
    private final LocalBroker broker;
    private final Ports ports;

    private BrokerOnly(WorkspaceLock lock, LocalBroker broker, Ports ports) {
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
            Ports.taken(ports.wantedByBroker()).forEach((port, wanted) -> {
                throw new UserException("port " + port + " is in use but " + wanted + " wants it; " + Ports.remedy());
            });
            new BrokerLog(workspace).remember();
            return new BrokerOnly(lock, new LocalBroker(workspace.broker(), ports.broker(), ports.controller()), ports);
        } catch (UserException refused) {
            lock.close();
            throw refused;
        } catch (IOException unusable) {
            lock.close();
            throw new UserException("the broker cannot start: " + unusable.getMessage());
        }
    }

    public String bootstrapServers() {
        return ports.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
        lock.close();
    }
}
