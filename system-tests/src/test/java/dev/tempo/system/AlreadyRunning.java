package dev.tempo.system;

import dev.tempo.standalone.launch.Cluster;
import dev.tempo.standalone.launch.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The shared system as a launcher wants it: there is nothing to start, and nothing to stop afterwards. */
record AlreadyRunning(RunningSystem system) implements Cluster {

    @Override
    public void startBroker() {}

    @Override
    public void startServices() {}

    @Override
    public void stopping() {
        // Its owner stops it.
    }

    @Override
    public List<String> gaveUp() {
        return system.running().gaveUp();
    }

    @Override
    public void movedOn() {
        system.running().movedOn();
    }

    @Override
    public Duration cpu() {
        return system.running().cpu();
    }

    @Override
    public Duration cpu(String process) {
        return system.running().cpu(process);
    }

    @Override
    public Map<String, Duration> cpuByProcess() {
        return system.running().cpuByProcess();
    }

    @Override
    public boolean end(String process) {
        return system.running().end(process);
    }

    @Override
    public Ports ports() {
        return system.running().ports();
    }

    @Override
    public void kill() {}

    @Override
    public void close() {}
}
