package dev.tempo.eval.dashboard;

import com.sun.net.httpserver.HttpServer;
import dev.tempo.contract.Awaited;
import dev.tempo.messaging.Wire;
import dev.tempo.timeline.PresentWork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers as a service does that is asked for its health; closing it ends its answers. */
final class HealthServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Awaited> awaited = new ArrayList<>();
    private final List<PresentWork> work = new ArrayList<>();
    private final Map<String, Object> details = new HashMap<>();
    private String status = "UP";

    HealthServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/actuator/health", exchange -> {
            byte[] body = body();
            exchange.sendResponseHeaders(status.equals("UP") ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void awaits(Awaited wait) {
        awaited.add(wait);
    }

    synchronized void worksAt(PresentWork one) {
        work.add(one);
    }

    synchronized void complains(String name, String words) {
        status = "OUT_OF_SERVICE";
        details.put(name, words);
    }

    private synchronized byte[] body() {
        Map<String, Object> all = new HashMap<>(details);
        all.put("awaited", List.copyOf(awaited));
        all.put("work", List.copyOf(work));
        return Wire.write(
                Map.of("status", status, "components", Map.of("own", Map.of("status", status, "details", all))));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
