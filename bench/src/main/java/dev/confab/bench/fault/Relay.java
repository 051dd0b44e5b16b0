package dev.confab.bench.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is passed on. Each direction reads a piece, passes it on, and reads the next one only then, so order
 * needs no care, and who reads slowly slows down who writes. Used on the network's event loop alone.
 */
final class Relay {

    private final FaultyNetwork.Link link;
    private final SocketChannel front;
    private @Nullable SocketChannel back;
    private final Direction toServer = new Direction(false);
    private final Direction toClient = new Direction(true);
    private boolean connecting;

    Relay(FaultyNetwork.Link link, SocketChannel front) {
        this.link = link;
        this.front = front;
        front.pipeline().addLast(toServer);
        front.closeFuture().addListener(closed -> link.ended(this));
    }

    void connect() {
        connecting = true;
        new Bootstrap()
                .group(front.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
                .handler(toClient)
                .connect(InetAddress.getLoopbackAddress(), link.target())
                .addListener((ChannelFutureListener) connected -> {
                    SocketChannel opened = (SocketChannel) connected.channel();
                    if (!connected.isSuccess() || !front.isActive()) {
                        close(opened);
                        close(front);
                        return;
                    }
                    back = opened;
                    toServer.begin(front, opened);
                    toClient.begin(opened, front);
                });
    }

    /** A cut was healed. */
    void goOn() {
        if (!connecting) {
            connect();
        } else {
            toServer.goOn();
            toClient.goOn();
        }
    }

    /** Both sides find the connection broken (RFC 9293 section 3.5.2: a reset). */
    void reset() {
        close(front);
        SocketChannel other = back;
        if (other != null) {
            close(other);
        }
    }

    private static void close(SocketChannel channel) {
        if (channel.isActive()) {
            channel.config().setSoLinger(0);
        }
        channel.close();
    }

    /** From one side to the other. */
    private final class Direction extends ChannelInboundHandlerAdapter {

        private final boolean answers;
        private @Nullable Channel from;
        private @Nullable Channel to;
        /** A piece that was read and not passed on yet. */
        private boolean busy;

        private @Nullable Object held;
        private boolean ended;

        Direction(boolean answers) {
            this.answers = answers;
        }

        void begin(Channel source, Channel destination) {
            from = source;
            to = destination;
            read();
        }

        private void read() {
            Channel source = from;
            if (source != null && link.cut() != Cut.SILENCE && !busy) {
                source.read();
            }
        }

        void goOn() {
            Object piece = held;
            held = null;
            if (piece != null) {
                pass(piece);
            } else if (ended) {
                end();
            } else {
                read();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object piece) {
            busy = true;
            if (link.cut() == Cut.LOST_ANSWERS && answers) {
                ReferenceCountUtil.release(piece);
                busy = false;
                read();
            } else if (link.cut() == Cut.SILENCE) {
                held = piece;
            } else if (link.cut() == Cut.SLOW) {
                var unused = context.executor()
                        .schedule(
                                () -> {
                                    if (link.cut() == Cut.SILENCE) {
                                        held = piece;
                                    } else {
                                        pass(piece);
                                    }
                                },
                                Cut.DELAY_MILLIS,
                                TimeUnit.MILLISECONDS);
            } else {
                pass(piece);
            }
        }

        private void pass(Object piece) {
            Channel destination = to;
            if (destination == null || !destination.isActive()) {
                ReferenceCountUtil.release(piece);
                return;
            }
            destination.writeAndFlush(piece).addListener(written -> {
                if (written.isSuccess()) {
                    busy = false;
                    read();
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ReferenceCountUtil.release(held);
            held = null;
            ended = true;
            if (link.cut() != Cut.SILENCE && !(link.cut() == Cut.LOST_ANSWERS && answers)) {
                end();
            }
        }

        private void end() {
            Channel destination = to;
            if (destination != null && destination.isActive()) {
                destination.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // reset by one side: the other one is told when this one is closed
        }
    }
}
