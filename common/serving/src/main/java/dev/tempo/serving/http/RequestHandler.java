package dev.tempo.serving.http;

import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.openai.ApiException;
import dev.tempo.serving.openai.Asked;
import dev.tempo.serving.openai.ChatReader;
import dev.tempo.serving.openai.CompletionReader;
import dev.tempo.serving.openai.ModelList;
import dev.tempo.serving.openai.RequestReader;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The requests of one connection, one after the other. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String MODELS = "/v1/models";
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Endpoint endpoint;
    private @Nullable HttpReply reply;
    private @Nullable Answering answering;

    RequestHandler(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (reply != null && !reply.isOver() || !context.channel().isWritable()) {
            // The next request before the answer to this one has gone out: nobody who speaks this API does so.
            context.close();
            return;
        }
        HttpReply own = new HttpReply(
                context.channel(), UUID.randomUUID().toString().replace("-", ""), HttpUtil.isKeepAlive(request));
        reply = own;
        answering = null;
        try {
            answer(context, request, own);
        } catch (RuntimeException refused) {
            own.refuse(Endpoint.refusal(refused));
        }
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest request, HttpReply own) {
        if (request.decoderResult().isFailure()) {
            throw ApiException.invalid(null, "This is no HTTP request.");
        }
        String path = path(request.uri());
        if (path.equals("/health")) {
            own.send(JsonNodeFactory.instance.objectNode().put("status", "ok"));
            return;
        }
        String caller = caller(context, request);
        switch (path) {
            case MODELS -> {
                need(request, HttpMethod.GET);
                own.send(ModelList.of(endpoint.catalog()));
            }
            case "/v1/chat/completions" -> begin(context, request, own, caller, new ChatReader());
            case "/v1/completions" -> begin(context, request, own, caller, new CompletionReader());
            default -> {
                if (!path.startsWith(MODELS + "/")) {
                    throw ApiException.of(
                            404, "Unknown request URL: " + request.method() + " " + path + ".", null, "unknown_url");
                }
                need(request, HttpMethod.GET);
                own.send(ModelList.one(endpoint.catalog(), path.substring(MODELS.length() + 1)));
            }
        }
    }

    private static String path(String uri) {
        try {
            return new QueryStringDecoder(uri).path();
        } catch (IllegalArgumentException malformed) {
            throw ApiException.invalid(null, "The path of the request is malformed.");
        }
    }

    private void begin(
            ChannelHandlerContext context,
            FullHttpRequest request,
            HttpReply own,
            String caller,
            RequestReader reader) {
        need(request, HttpMethod.POST);
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            // A form, which a page of any web site may send, is none.
            throw ApiException.of(415, "Send JSON, with the header Content-Type: application/json.", null, null);
        }
        endpoint.limits().countRequest(caller);
        Asked asked = reader.read(ByteBufUtil.getBytes(request.content()));
        Answering begun = new Answering(endpoint, context.channel().eventLoop(), own, asked);
        begun.begin();
        answering = begun;
    }

    private static void need(FullHttpRequest request, HttpMethod method) {
        if (!request.method().equals(method)) {
            throw ApiException.of(405, "Not allowed: this takes " + method + " only.", null, "method_not_allowed");
        }
    }

    /** Who asks: a key, or an address where no key is needed. */
    private String caller(ChannelHandlerContext context, FullHttpRequest request) {
        if (endpoint.keys().areNeeded()) {
            return endpoint.keys()
                    .caller(request.headers().get(HttpHeaderNames.AUTHORIZATION))
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

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (answering != null) {
            answering.giveUp();
        }
        context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && (reply == null || reply.isOver())) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
        context.close();
    }
}
