package dev.confab.netty.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;

/** Takes a connection over from HTTP. */
@FunctionalInterface
public interface Upgrade {

    /**
     * Either replaces every handler from the HTTP codec to the end of the pipeline, or answers the request. On the event
     * loop, while no answer to an earlier request is outstanding.
     *
     * @param request not to be released
     */
    void upgrade(ChannelHandlerContext ctx, HttpRequest request);
}
