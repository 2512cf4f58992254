package dev.tempo.standalone.command;

import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.WorkspaceBroker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say whose topics a command looks at. Security settings come from the environment, as for the services. */
public final class BrokerSource {
    @Mixin
    private final Place place = new Place();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "The address of a broker that no tempo of this machine has started, instead of --workspace.")
    private @Nullable String bootstrap;

    Place place() {
        return place;
    }

    /** The ports of the run at work in the workspace, else those that were typed. */
    Ports ports() {
        return place.workspace().portsAtWork().orElseGet(place::ports);
    }

    /** The address of a broker elsewhere; null for the workspace's. */
    @Nullable
    String bootstrap() {
        return bootstrap;
    }

    /**
     * Connects for as long as the work takes.
     *
     * @param work this command, as others are told who is at work
     */
    public void open(String work, Consumer<BrokerConnection> use) {
        if (bootstrap != null) {
            BrokerConnection.quietly(place.workspace());
            try (BrokerConnection connection = BrokerConnection.connect(bootstrap)) {
                connection.awaitReady(bootstrap);
                use.accept(connection);
            }
            return;
        }
        try (WorkspaceBroker broker = WorkspaceBroker.open(place.workspace(), ports(), work)) {
            use.accept(broker.connection());
        }
    }
}
