package dev.tempo.serving.http;

import dev.tempo.serving.learning.ChatQuestions;
import dev.tempo.serving.learning.Consent;
import dev.tempo.serving.learning.LearningWish;
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
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** The requests of one connection, one after the other, whose heads were let in. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Endpoint endpoint;
    private @Nullable HttpReply reply;
    private @Nullable Answering answering;

    RequestHandler(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Whether a request is being answered. */
    boolean isBusy() {
        return reply != null && !reply.isOver();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        HttpReply own = new HttpReply(context.channel(), HttpReply.newId(), HttpUtil.isKeepAlive(request));
        reply = own;
        answering = null;
        try {
            answer(context, request, own);
        } catch (RuntimeException refused) {
            endpoint.refuse(own, refused);
        }
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest request, HttpReply own) {
        RequestTarget target = RequestTarget.of(request);
        switch (target.kind()) {
            case HEALTH -> own.send(endpoint.health());
            case METRICS -> own.send(endpoint.metricsPage());
            case MODELS -> own.send(ModelList.of(endpoint.catalog().listing()));
            case MODEL -> own.send(ModelList.one(endpoint.catalog().listing(), target.name()));
            case CHAT -> begin(context, request, own, new ChatReader());
            case COMPLETION -> begin(context, request, own, new CompletionReader());
            case QUESTION -> delete(context, target.name(), own);
        }
    }

    private void delete(ChannelHandlerContext context, String question, HttpReply own) {
        ChatQuestions learning = endpoint.learning();
        if (learning == null || !ChatQuestions.isOne(question)) {
            throw ApiException.of(404, "No chat has given this server a question of that id.", null, "unknown_url");
        }
        learning.delete(question)
                .thenAcceptAsync(
                        done -> {
                            if (done) {
                                own.send(JsonNodeFactory.instance
                                        .objectNode()
                                        .put("id", question)
                                        .put("object", "question")
                                        .put("deleted", true));
                            } else {
                                endpoint.refuse(
                                        own,
                                        ApiException.ofServer(
                                                503, "The deletion is not acknowledged; send the request again."));
                            }
                        },
                        context.executor());
    }

    private void begin(ChannelHandlerContext context, FullHttpRequest request, HttpReply own, RequestReader reader) {
        Asked asked = reader.read(ByteBufUtil.getBytes(request.content()));
        Answering begun = new Answering(endpoint, context.channel().eventLoop(), own, asked, wish(request));
        begun.begin();
        answering = begun;
    }

    private LearningWish wish(FullHttpRequest request) {
        ApiKeys.Caller caller = endpoint.keys()
                .caller(request.headers().get(HttpHeaderNames.AUTHORIZATION))
                .orElse(new ApiKeys.Caller("local", Consent.UNSAID));
        return new LearningWish(HeadCheck.consent(request), caller.learn(), "chats, " + caller.name());
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
        if (event instanceof IdleStateEvent && !isBusy()) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
        context.close();
    }
}
