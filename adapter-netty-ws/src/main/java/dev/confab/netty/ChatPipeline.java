package dev.confab.netty;

import dev.confab.netty.http.BodyAggregator;
import dev.confab.netty.http.ConnectionLimit;
import dev.confab.netty.http.LingeringClose;
import dev.confab.netty.http.OneAtATime;
import dev.confab.netty.http.OrderlyEnd;
import dev.confab.netty.http.OriginGate;
import dev.confab.netty.http.RequestGuard;
import dev.confab.netty.http.RequestTimeout;
import dev.confab.netty.http.Upgrade;
import dev.confab.netty.http.WebSocketGate;
import dev.confab.netty.limit.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;

/** The order of handlers on a connection of the public port. */
final class ChatPipeline extends ChannelInitializer<Channel> {

    private static final int MAX_REQUEST_LINE = 8_192;
    private static final int MAX_HEADERS = 16_384;
    private static final int FLUSH_AFTER = 256;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final ServerSettings settings;
    private final Limits limits;
    private final ChannelHandler rest;
    private final Upgrade webSocket;
    private final ChannelGroup connections;

    /**
     * @param rest answers requests; shared
     * @param webSocket takes over connections that ask for WebSocket
     * @param connections every open connection
     */
    ChatPipeline(
            ServerSettings settings, Limits limits, ChannelHandler rest, Upgrade webSocket, ChannelGroup connections) {
        this.settings = settings;
        this.limits = limits;
        this.rest = rest;
        this.webSocket = webSocket;
        this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.add(channel);
        RequestTimeout timeout = new RequestTimeout(
                settings.headTimeout(), settings.bodyTimeout(), settings.idleTimeout(), System::nanoTime);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("lingeringClose", new LingeringClose(LINGER));
        pipeline.addLast("flushConsolidation", new FlushConsolidationHandler(FLUSH_AFTER, true));
        pipeline.addLast("requestTimeout", timeout);
        pipeline.addLast("httpCodec", codec());
        pipeline.addLast("requestMilestones", timeout.milestones());
        pipeline.addLast("keepAlive", new HttpServerKeepAliveHandler());
        pipeline.addLast("orderlyEnd", new OrderlyEnd());
        pipeline.addLast("connectionLimit", new ConnectionLimit(limits));
        pipeline.addLast("requestGuard", new RequestGuard());
        pipeline.addLast("bodyAggregator", new BodyAggregator(settings.maxBodyBytes()));
        pipeline.addLast("oneAtATime", new OneAtATime());
        pipeline.addLast("originGate", new OriginGate(settings.allowedOrigins()));
        pipeline.addLast("webSocketGate", new WebSocketGate(webSocket));
        pipeline.addLast("rest", rest);
    }

    static HttpServerCodec codec() {
        return new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS));
    }
}
