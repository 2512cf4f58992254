package dev.tempo.serving.http;

import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.learning.Consent;
import dev.tempo.serving.openai.ApiException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The check of what stands in a request's head: who asks, what for, and how often. What is refused here is refused before any of
 * its body is kept, and what comes of it afterwards is thrown away.
 */
final class HeadCheck extends ChannelInboundHandlerAdapter {
    /** The time that a new connection has for its first head: whoever has no key cannot hold one for long. */
    private static final int FIRST_HEAD_SECONDS = 30;

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Endpoint endpoint;
    private final RequestHandler requests;
    private final boolean crowded;
    private @Nullable Future<?> deadline;
    private boolean refused;
    private boolean closing;

    /** @param crowded whether this connection is one too many, to be told so */
    HeadCheck(Endpoint endpoint, RequestHandler requests, boolean crowded) {
        this.endpoint = endpoint;
        this.requests = requests;
        this.crowded = crowded;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> context.close(), FIRST_HEAD_SECONDS, TimeUnit.SECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        arrived();
        context.fireChannelInactive();
    }

    private void arrived() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest request && !closing) {
            if (requests.isBusy() || !context.channel().isWritable()) {
                // The next request before the answer to this one has gone out: nobody who speaks this API does so.
                closing = true;
                context.close();
            } else {
                refused = !isLetIn(context, request);
            }
        }
        if (refused || closing) {
            ReferenceCountUtil.release(part);
            if (part instanceof LastHttpContent) {
                refused = false;
            }
        } else {
            context.fireChannelRead(part);
        }
    }

    private boolean isLetIn(ChannelHandlerContext context, HttpRequest request) {
        try {
            check(context, request);
            arrived();
            return true;
        } catch (RuntimeException refusal) {
            closing = crowded || hasBody(request) || !HttpUtil.isKeepAlive(request);
            HttpReply reply = new HttpReply(context.channel(), HttpReply.newId(), !closing);
            if (closing) {
                reply.closeUnread();
            }
            endpoint.refuse(reply, refusal);
            return false;
        }
    }

    private static boolean hasBody(HttpRequest request) {
        return request.decoderResult().isFailure()
                || HttpUtil.isTransferEncodingChunked(request)
                || !request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
    }

    private void check(ChannelHandlerContext context, HttpRequest request) {
        if (crowded) {
            throw ApiException.tooMany("There are as many connections as there may be, and no more now.", 1);
        }
        if (request.decoderResult().isFailure()) {
            throw ApiException.invalid(null, "This is no HTTP request.");
        }
        RequestTarget target = RequestTarget.of(request);
        if (target.kind() == RequestTarget.Kind.HEALTH) {
            return;
        }
        String caller = caller(context, request);
        if (!request.method().equals(target.method())) {
            throw ApiException.of(
                    405, "Not allowed: this takes " + target.method() + " only.", null, "method_not_allowed");
        }
        if (target.isAsking()) {
            String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
            if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
                // A form, which a page of any web site may send, is none.
                throw ApiException.of(415, "Send JSON, with the header Content-Type: application/json.", null, null);
            }
            consent(request);
        }
        if (target.isAsking() || target.kind() == RequestTarget.Kind.QUESTION) {
            endpoint.limits().countRequest(caller);
        }
    }

    /**
     * What a request says about learning from it.
     *
     * @throws ApiException if nobody understands it
     */
    static Consent consent(HttpRequest request) {
        try {
            return Consent.of(request.headers().getAll(Consent.HEADER));
        } catch (IllegalArgumentException neither) {
            throw ApiException.invalid(null, "The header " + Consent.HEADER + " " + neither.getMessage() + ".");
        }
    }

    /** Who asks: a key, or an address where no key is needed. */
    private String caller(ChannelHandlerContext context, HttpRequest request) {
        if (endpoint.keys().areNeeded()) {
            return endpoint.keys()
                    .caller(request.headers().get(HttpHeaderNames.AUTHORIZATION))
                    .map(ApiKeys.Caller::name)
                    .orElseThrow(() -> ApiException.of(
                            401,
                            "Incorrect API key provided; send one of this server's as 'Authorization: Bearer KEY'.",
                            null,
                            "invalid_api_key"));
        }
        String host = request.headers().get(HttpHeaderNames.HOST, ServingSettings.LOOPBACK);
        if (!LOCAL.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT))) {
            // A page whose name was made to point here would be one of the user's own.
            throw ApiException.of(
                    403, "Without API keys this answers as localhost only, not as " + host + ".", null, null);
        }
        return context.channel().remoteAddress() instanceof InetSocketAddress remote
                ? String.valueOf(remote.getAddress())
                : "local";
    }
}
