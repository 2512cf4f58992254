package dev.tempo.serving.http;

import dev.tempo.serving.openai.ApiException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reply to one request: a JSON object, or a stream of server-sent events. Used by the thread of its connection. */
final class HttpReply {
    static final String REQUEST_ID = "x-request-id";
    static final String VERSION = "x-tempo-version";
    static final String WEIGHTS = "x-tempo-weights";
    static final String QUESTION = "x-tempo-question";

    /** The time in which a client may read what it was told before it has sent all of its request. */
    private static final int UNREAD_SECONDS = 2;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Channel channel;
    private final String id;
    private final boolean keepAlive;
    private boolean unread;
    private String version = "";
    private String weights = "";
    private String question = "";
    private boolean begun;
    private boolean over;
    private @Nullable ChannelFuture sent;

    HttpReply(Channel channel, String id, boolean keepAlive) {
        this.channel = channel;
        this.id = id;
        this.keepAlive = keepAlive;
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    String id() {
        return id;
    }

    /**
     * Says that the request was not read to its end. Its connection is closed a little later: closed at once, with bytes that nobody
     * has read, it would take the reply with it.
     */
    void closeUnread() {
        unread = true;
    }

    boolean isOver() {
        return over;
    }

    /** Says in the headers which version writes what follows. */
    void writtenBy(String name, String sha256) {
        version = name;
        weights = sha256;
    }

    /** Says in the headers under which id a run may learn from the question. */
    void handedOn(String id) {
        question = id;
    }

    void send(JsonNode body) {
        send(200, body, 0);
    }

    /** Sends a page of metrics, in the format of Prometheus. */
    void send(String page) {
        send(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer(page, StandardCharsets.UTF_8)),
                "text/plain; version=0.0.4; charset=utf-8");
    }

    /** Refuses the request; in a stream that has begun the error is its last event. */
    void refuse(ApiException refusal) {
        if (over) {
            return;
        }
        if (begun) {
            channel.write(event(JSON.writeValueAsString(refusal.body())));
            end(false);
        } else {
            send(refusal.status(), refusal.body(), refusal.retryAfterSeconds());
        }
    }

    /** A refusal before the request was read. */
    static FullHttpResponse refusal(ApiException refusal) {
        FullHttpResponse response = response(refusal.status(), refusal.body());
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private static FullHttpResponse response(int status, JsonNode body) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.wrappedBuffer(JSON.writeValueAsBytes(body)));
    }

    private void send(int status, JsonNode body, int retryAfter) {
        FullHttpResponse response = response(status, body);
        if (retryAfter > 0) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, retryAfter);
        }
        send(response, "application/json");
    }

    private void send(FullHttpResponse response, String type) {
        headers(response.headers(), type);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        over = true;
        finish(channel.writeAndFlush(response), keepAlive);
    }

    /** Sends an event of a stream, which begins with the first one. */
    void event(JsonNode data) {
        if (over) {
            return;
        }
        if (!begun) {
            begun = true;
            HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            headers(response.headers(), "text/event-stream; charset=utf-8");
            response.headers()
                    .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                    .set("x-accel-buffering", "no"); // proxies of the kind of nginx keep events back otherwise
            channel.write(response);
        }
        channel.write(event(JSON.writeValueAsString(data)));
    }

    void flush() {
        channel.flush();
    }

    /** Ends a stream as clients expect it to end. */
    void done() {
        if (!over) {
            channel.write(event("[DONE]"));
            end(keepAlive);
        }
    }

    private void end(boolean open) {
        over = true;
        finish(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), open);
    }

    /** Runs something once all of the reply is sent, or cannot be; at once where it has no end. */
    void whenSent(Runnable action) {
        ChannelFuture last = sent;
        if (last == null) {
            action.run();
        } else {
            last.addListener(done -> action.run());
        }
    }

    private void finish(ChannelFuture written, boolean open) {
        sent = written;
        if (open) {
            return;
        }
        if (unread && channel instanceof DuplexChannel duplex) {
            written.addListener(sent -> {
                duplex.shutdownOutput();
                channel.eventLoop().schedule(() -> channel.close(), UNREAD_SECONDS, TimeUnit.SECONDS);
            });
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void headers(HttpHeaders headers, String type) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(REQUEST_ID, id);
        if (!version.isEmpty()) {
            headers.set(VERSION, version).set(WEIGHTS, weights);
        }
        if (!question.isEmpty()) {
            headers.set(QUESTION, question);
        }
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    private static DefaultHttpContent event(String data) {
        ByteBuf bytes = Unpooled.wrappedBuffer(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        return new DefaultHttpContent(bytes);
    }
}
