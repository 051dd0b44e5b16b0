package dev.confab.netty.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;

/** Gives requests for {@code /ws} to what speaks WebSocket, handshake included. */
public final class WebSocketGate extends ChannelInboundHandlerAdapter {

    /** Where WebSocket is spoken. */
    public static final String PATH = "/ws";

    private final Upgrade webSocket;

    public WebSocketGate(Upgrade webSocket) {
        this.webSocket = webSocket;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof FullHttpRequest request)
                || !RequestTarget.path(request.uri()).equals(PATH)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            webSocket.upgrade(ctx, request);
        } finally {
            request.release();
        }
    }
}
