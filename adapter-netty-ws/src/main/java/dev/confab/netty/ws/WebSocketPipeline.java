package dev.confab.netty.ws;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.concurrent.Ticker;

/** The handlers of a WebSocket connection, in their order, whatever dialect is spoken on it. */
final class WebSocketPipeline {

    static final String LIVENESS = "ws-liveness";
    static final String DISCARD = "ws-discard";
    static final String DECODER = "ws-decoder";
    static final String ENCODER = "ws-encoder";
    static final String UTF8 = "ws-utf8";
    static final String AGGREGATOR = "ws-aggregator";
    static final String CONTROL = "ws-control";
    static final String DIALECT = "ws-dialect";

    private WebSocketPipeline() {}

    /**
     * Adds the handlers behind those that are there.
     *
     * @param control shared with the dialect, which closes the connection through it
     * @param dialect gets whole messages: text and binary frames, unfragmented
     */
    static void install(
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
        pipeline.addLast(UTF8, new Utf8FrameValidator(false));
        pipeline.addLast(AGGREGATOR, new WebSocketFrameAggregator(settings.maxFrameBytes()));
        pipeline.addLast(CONTROL, control);
        pipeline.addLast(DIALECT, dialect);
    }
}
