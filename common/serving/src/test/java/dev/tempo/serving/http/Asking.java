package dev.tempo.serving.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that sends JSON as it is written. */
record Asking(int port) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpRequest body(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    HttpResponse<String> post(String path, String body) {
        return send(body(path, body));
    }

    CompletableFuture<HttpResponse<String>> later(String path, String body) {
        return CLIENT.sendAsync(body(path, body), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode completion(String fields) {
        return answered(post("/v1/completions", "{" + fields + "}"));
    }

    JsonNode chat(String fields) {
        return answered(post("/v1/chat/completions", "{" + fields + "}"));
    }

    static JsonNode answered(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return json(response.body());
    }

    /** The events of a stream, but the one that ends it. */
    static List<JsonNode> events(String stream) {
        List<String> events = List.of(stream.split("\n\n"));
        if (!events.get(events.size() - 1).equals("data: [DONE]")) {
            throw new IllegalStateException("the stream does not end: " + stream);
        }
        return events.subList(0, events.size() - 1).stream()
                .map(event -> json(event.substring("data: ".length())))
                .toList();
    }
}
