package dev.tempo.standalone.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ports of one system: base + 1 to base + 5 for the services, base + 12 and base + 13 for the broker. */
public record Ports(int base) {
    public static final int DEFAULT_BASE = 8080;

    public Ports {
        if (base < 1024 || base > 65_000) {
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

    /** The ports that something else listens on, with what they are wanted for. */
    public Map<Integer, String> taken() {
        Map<Integer, String> wanted = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            wanted.put(service.port(this), service.module());
        }
        wanted.put(broker(), "Kafka");
        wanted.put(controller(), "Kafka's controller");
        wanted.keySet().removeIf(Ports::isFree);
        return wanted;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
