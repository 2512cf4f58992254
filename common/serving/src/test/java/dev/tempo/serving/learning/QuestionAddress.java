package dev.tempo.serving.learning;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An address that questions are sent to, and what it was sent. It answers as it is told. */
public final class QuestionAddress implements AutoCloseable {
    private final HttpServer server;
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile int status = 202;
    private volatile CountDownLatch answers = new CountDownLatch(0);

    public QuestionAddress() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        server.createContext("/v1/questions", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        sent.add((exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + body).strip());
        try {
            answers.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        boolean deletes = exchange.getRequestMethod().equals("DELETE");
        exchange.sendResponseHeaders(deletes && status == 202 ? 204 : status, -1);
        exchange.close();
    }

    /** Answers with a status from now on; a deletion that succeeds with 204. */
    public void answer(int with) {
        status = with;
    }

    /** Keeps requests waiting until the latch is open. */
    public void wait(CountDownLatch open) {
        answers = open;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/questions");
    }

    /** Each request: method, path and body. */
    public List<String> sent() {
        return sent;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
