package dev.confab.netty.http;

import dev.confab.netty.wire.Problem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * Puts head and body of a request together. A body over the limit is answered with 413 and thrown away as it comes; a
 * client that asks first ({@code Expect: 100-continue}, RFC 9110 section 10.1.1) is told before it sends anything.
 * Other expectations are ignored, as that section allows.
 */
public final class BodyAggregator extends HttpObjectAggregator {

    private final int maxBytes;

    public BodyAggregator(int maxBytes) {
        super(maxBytes);
        this.maxBytes = maxBytes;
    }

    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
        if (!HttpUtil.is100ContinueExpected(start) || isContentLengthInvalid(start, maxContentLength)) {
            return null;
        }
        return super.newContinueResponse(start, maxContentLength, pipeline);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        // Who was refused while waiting for 100 may or may not send the body: what follows cannot be told apart.
        boolean ambiguous = HttpUtil.is100ContinueExpected(oversized);
        Problem problem = Problem.of(413, "too-large", "The body is larger than " + maxBytes + " bytes.");
        ctx.fireChannelRead(new RefusedRequest(problem, 0, ambiguous));
    }
}
