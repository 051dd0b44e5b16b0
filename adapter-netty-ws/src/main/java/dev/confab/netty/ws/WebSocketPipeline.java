package dev.confab.netty.ws;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.Ticker;
import java.util.List;

/** The handlers of a WebSocket connection, in their order, whatever dialect is spoken on it. */
final class WebSocketPipeline {

    static final String LIVENESS = "ws-liveness";
    static final String DECODER = "ws-decoder";
    static final String ENCODER = "ws-encoder";
    static final String UTF8 = "ws-utf8";
    static final String AGGREGATOR = "ws-aggregator";
    static final String CONTROL = "ws-control";
    static final String DIALECT = "ws-dialect";

    private WebSocketPipeline() {}

    /**
     * Answers the handshake, and replaces every handler from the HTTP codec to the end of the pipeline. What stands
     * before the codec stays.
     *
     * @param control shared with the dialect, which closes the connection through it
     * @param dialect gets whole messages: text and binary frames, unfragmented
     */
    static void takeOver(
            Channel channel,
            Handshake handshake,
            WebSocketSettings settings,
            Ticker ticker,
            ControlFrames control,
            ChannelHandler dialect) {
        ChannelPipeline pipeline = channel.pipeline();
        ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
        // Below the codec: the answer is ready-made, and what lies between is for HTTP.
        codec.writeAndFlush(handshake.response(channel.alloc()));
        List<String> names = pipeline.names();
        List<String> http = List.copyOf(names.subList(names.indexOf(codec.name()), names.size()));
        // Added before the others go, so that bytes which the codec has already taken in find their way.
        install(pipeline, settings, ticker, control, dialect);
        for (String name : http) {
            ChannelHandler handler = pipeline.get(name);
            if (handler != null) {
                pipeline.remove(handler);
            }
        }
        if (pipeline.get(FlushConsolidationHandler.class) != null) {
            // Answers and pushes are gathered before they are flushed; doing it twice costs a task for each flush.
            pipeline.remove(FlushConsolidationHandler.class);
        }
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(settings.lowWaterMark(), settings.highWaterMark()));
        boundKernelQueue(channel, settings);
    }

    /**
     * Of what is not on its way to the peer yet the kernel takes no more than two queues full. What it takes is lost from
     * sight: it may be megabytes, and a third of its buffer has to leave before it asks for more, which of a slow reader
     * looks as if nothing was read at all (G13). It is not less than that, so that a burst finds room.
     */
    private static void boundKernelQueue(Channel channel, WebSocketSettings settings) {
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, 2L * settings.highWaterMark());
        }
    }

    private static void install(
            ChannelPipeline pipeline,
            WebSocketSettings settings,
            Ticker ticker,
            ControlFrames control,
            ChannelHandler dialect) {
        WebSocketDecoderConfig frames = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(settings.maxFrameBytes())
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                // ControlFrames answers violations, in one place for all handlers.
                .closeOnProtocolViolation(false)
                .build();
        pipeline.addLast(LIVENESS, new Liveness(settings, ticker));
        pipeline.addLast(DECODER, new WebSocket13FrameDecoder(frames));
        pipeline.addLast(ENCODER, new WebSocket13FrameEncoder(false));
        pipeline.addLast(UTF8, new TextFrameValidator());
        pipeline.addLast(AGGREGATOR, new WebSocketFrameAggregator(settings.maxFrameBytes()));
        pipeline.addLast(CONTROL, control);
        pipeline.addLast(DIALECT, dialect);
    }
}
