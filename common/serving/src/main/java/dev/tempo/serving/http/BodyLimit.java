package dev.tempo.serving.http;

import dev.tempo.serving.openai.ApiException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** The putting together of a request's parts, up to a number of bytes; one that has more is refused and its connection closed. */
final class BodyLimit extends HttpObjectAggregator {
    private static final int TOO_LARGE = 413;

    private final Endpoint endpoint;
    private final int bytes;

    BodyLimit(Endpoint endpoint) {
        super(endpoint.settings().bodyBytes());
        this.endpoint = endpoint;
        this.bytes = endpoint.settings().bodyBytes();
    }

    @Override
    protected Object newContinueResponse(HttpMessage start, int most, ChannelPipeline pipeline) {
        Object response = super.newContinueResponse(start, most, pipeline);
        if (response instanceof FullHttpResponse refused && refused.status().code() == TOO_LARGE) {
            refused.release();
            endpoint.meters().refused(refusal());
            return HttpReply.refusal(refusal());
        }
        return response;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        HttpReply reply = new HttpReply(context.channel(), HttpReply.newId(), false);
        reply.closeUnread();
        endpoint.refuse(reply, refusal());
    }

    private ApiException refusal() {
        return ApiException.of(
                TOO_LARGE, "The request is larger than the " + bytes + " bytes that it may have.", null, null);
    }
}
