package dev.confab.netty;

import dev.confab.netty.http.BodyAggregator;
import dev.confab.netty.http.OneAtATime;
import dev.confab.netty.http.RequestGuard;
import dev.confab.netty.http.RequestTimeout;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;

/** The order of handlers on a connection of the management port. */
final class ManagementPipeline extends ChannelInitializer<Channel> {

    private static final int MAX_BODY = 1_024;

    private final ServerSettings settings;
    private final ChannelHandler rest;

    ManagementPipeline(ServerSettings settings, ChannelHandler rest) {
        this.settings = settings;
        this.rest = rest;
    }

    @Override
    protected void initChannel(Channel channel) {
        RequestTimeout timeout = new RequestTimeout(
                settings.headTimeout(), settings.bodyTimeout(), settings.idleTimeout(), System::nanoTime);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("requestTimeout", timeout);
        pipeline.addLast("httpCodec", ChatPipeline.codec());
        pipeline.addLast("requestMilestones", timeout.milestones());
        pipeline.addLast("keepAlive", new HttpServerKeepAliveHandler());
        pipeline.addLast("requestGuard", new RequestGuard());
        pipeline.addLast("bodyAggregator", new BodyAggregator(MAX_BODY));
        pipeline.addLast("oneAtATime", new OneAtATime());
        pipeline.addLast("rest", rest);
    }
}
