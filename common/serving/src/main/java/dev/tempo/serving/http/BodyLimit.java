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

    private final int bytes;

    BodyLimit(int bytes) {
        super(bytes);
        this.bytes = bytes;
    }

    @Override
    protected Object newContinueResponse(HttpMessage start, int most, ChannelPipeline pipeline) {
        Object response = super.newContinueResponse(start, most, pipeline);
        if (response instanceof FullHttpResponse refused && refused.status().code() == TOO_LARGE) {
            refused.release();
            return HttpReply.refusal(refusal());
        }
        return response;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        new HttpReply(context.channel(), "too-large", false).refuse(refusal());
    }

    private ApiException refusal() {
        return ApiException.of(
                TOO_LARGE, "The request is larger than the " + bytes + " bytes that it may have.", null, null);
    }
}
