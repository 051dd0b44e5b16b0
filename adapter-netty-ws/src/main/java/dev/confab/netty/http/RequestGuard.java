package dev.confab.netty.http;

import dev.confab.netty.wire.Problem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** Turns what is no HTTP request into an answer, and reads nothing more from that connection. */
public final class RequestGuard extends ChannelInboundHandlerAdapter {

    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        Problem problem = message instanceof HttpObject part ? problem(part) : null;
        if (problem == null) {
            ctx.fireChannelRead(message);
            return;
        }
        refused = true;
        ReferenceCountUtil.release(message);
        ctx.fireChannelRead(new RefusedRequest(problem, 0, true));
    }

    private static @Nullable Problem problem(HttpObject part) {
        DecoderResult result = part.decoderResult();
        if (result.isFailure()) {
            return switch (result.cause()) {
                case TooLongHttpLineException e -> Problem.of(414, "uri-too-long", "The request line is too long.");
                case TooLongHttpHeaderException e -> Problem.of(431, "headers-too-large", "The headers are too large.");
                default -> Problem.of(400, "malformed", "This is not a valid HTTP/1.1 request.");
            };
        }
        if (!(part instanceof HttpRequest request)) {
            return null;
        }
        HttpVersion version = request.protocolVersion();
        if (version.majorVersion() != 1) {
            return Problem.of(505, "version-not-supported", "This server speaks HTTP/1.1.");
        }
        // RFC 9112 section 3.2: exactly one, or none in HTTP/1.0.
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))) {
            return Problem.of(400, "malformed", "Exactly one Host header is needed.");
        }
        return null;
    }
}
