package dev.tempo.standalone.launch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Broker and services, running. */
public interface Cluster extends AutoCloseable {

    /** The name of the broker's process; those of the services are their modules'. */
    String BROKER = "kafka";

    /** The name of this process among those that the system consists of. */
    String LAUNCHER = "launcher";

    void startBroker();

    /** The start of the services; returns once they are under way, not once they are healthy. */
    void startServices();

    /**
     * The announcement that parts are to end from now on: a signal reaches children before this process has stopped.
     */
    void stopping();

    /** The reasons why parts of the system are not started again any more; empty while all is well. */
    List<String> gaveUp();

    /** Whether a part has died since the run came further. */
    default boolean hasDeaths() {
        return false;
    }

    /** The run has come further: what died before that was worth its restart. */
    default void movedOn() {}

    /** Keeps the classes that are loaded by now for the next start, in the background, where there is something to gain. */
    default void keepClasses() {}

    /**
     * Waits, for a limited time, for the classes that are being kept; a run that is short would never have them kept. Until
     * then they are dropped by {@link #kill()}.
     *
     * @param told why it takes a moment
     */
    default void awaitClasses(Consumer<String> told) {}

    /** CPU time used so far by all parts, where the platform tells. */
    Duration cpu();

    /** CPU time that a process and its predecessors of the same name have used so far, where the platform tells. */
    Duration cpu(String process);

    /** CPU time that each process has used so far, with its predecessors of the same name, where the platform tells. */
    Map<String, Duration> cpuByProcess();

    /**
     * The end of a process that answers nobody, at once; it is started again as one that has died.
     *
     * @return whether there was such a process
     */
    boolean end(String process);

    Ports ports();

    /** Ends what is left of it at once: it has had its time to stop. Once this returns, none of its processes is there. */
    void kill();

    @Override
    void close();
}
