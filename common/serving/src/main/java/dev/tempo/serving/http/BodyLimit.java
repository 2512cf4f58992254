package dev.tempo.serving.http;

import dev.tempo.serving.openai.ApiException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** The putting together of a request's parts, up to a number of bytes; one that has more is refused and its connection closed. */
final class BodyLimit extends HttpObjectAggregator {
    private final int bytes;

    BodyLimit(int bytes) {
        super(bytes);
        this.bytes = bytes;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        new Reply(context.channel(), "too-large", false)
                .refuse(ApiException.of(
                        413, "The request is larger than the " + bytes + " bytes that it may have.", null, null));
    }
}
