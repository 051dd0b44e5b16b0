package dev.confab.netty.ws;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.PresenceUnavailableException;
import dev.confab.chat.port.out.StoreUnavailableException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when something was thrown that is not its doing: nothing of the inside. Logs it. */
final class Faults {

    private static final Logger log = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    /** The {@code error} frame for what was thrown. */
    static ByteBuf answer(ByteBufAllocator allocator, @Nullable Ref ref, @Nullable Throwable thrown) {
        return switch (thrown) {
            case CompletionException wrapped
            when wrapped.getCause() != null -> answer(allocator, ref, wrapped.getCause());
            case StoreUnavailableException away -> unavailable(allocator, ref, away);
            case BusUnavailableException away -> unavailable(allocator, ref, away);
            case PresenceUnavailableException away -> unavailable(allocator, ref, away);
            case RejectedExecutionException full -> unavailable(allocator, ref, full);
            case null, default -> {
                TraceId traceId = TraceId.random(ThreadLocalRandom.current());
                log.error("A frame could not be handled, trace id {}", traceId, thrown);
                yield ServerFrames.error(
                        allocator,
                        ref,
                        "internal",
                        "Something went wrong here. The operator finds it under trace id " + traceId + ".",
                        false);
            }
        };
    }

    private static ByteBuf unavailable(ByteBufAllocator allocator, @Nullable Ref ref, Exception away) {
        // The health page and the adapter's own log tell of the outage; a line for each frame would not help.
        log.debug("A frame could not be handled: {}", away.getMessage());
        return ServerFrames.error(allocator, ref, Refusal.of(Refusal.Code.UNAVAILABLE));
    }
}
