package dev.tempo.standalone.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The ports of one system: base + 1 to base + 5 for the services, base + 12 and base + 13 for the broker. */
public record Ports(int base) {
    public static final int DEFAULT_BASE = 8080;

    private static final int LAST_BASE = 65_000;
    private static final int FIRST_SUGGESTION = 18_080;

    public Ports {
        if (base < 1024 || base > LAST_BASE) {
            throw new IllegalArgumentException("the port base must lie in 1024..65000 but is " + base);
        }
    }

    public int broker() {
        return base + 12;
    }

    int controller() {
        return base + 13;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + broker();
    }

    /** The ports that a run binds, in order, with what binds them. */
    public Map<Integer, String> wanted() {
        Map<Integer, String> wanted = new TreeMap<>();
        for (Service service : Service.values()) {
            wanted.put(service.port(this), service.module());
        }
        wanted.putAll(wantedByBroker());
        return wanted;
    }

    /** The ports that the broker alone binds. */
    Map<Integer, String> wantedByBroker() {
        return new TreeMap<>(Map.of(broker(), "Kafka", controller(), "Kafka's controller"));
    }

    /** Whether something listens on the broker's port. */
    public boolean brokerListens() {
        return !isFree(broker());
    }

    /** The ports that something else listens on, with what they are wanted for. */
    public Map<Integer, String> taken() {
        return taken(wanted());
    }

    static Map<Integer, String> taken(Map<Integer, String> wanted) {
        Map<Integer, String> taken = new TreeMap<>(wanted);
        taken.keySet().removeIf(Ports::isFree);
        return taken;
    }

    /** The remedy for taken ports, in words: which option chooses others, with a value that leaves all of them free. */
    public static String remedy() {
        return "stop the program that listens there, or choose other ports by --port-base "
                + IntStream.iterate(FIRST_SUGGESTION, base -> base < LAST_BASE, base -> base + 1000)
                        .filter(base -> new Ports(base).taken().isEmpty())
                        .findFirst()
                        .orElse(FIRST_SUGGESTION);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
