package dev.confab.bootstrap.node;

import dev.confab.chat.model.UserId;
import dev.confab.netty.limit.Limits;

/** The server's rate limits as WebSocket connections ask for them. */
record SocketLimits(Limits limits) implements dev.confab.netty.ws.Limits {

    @Override
    public boolean mayPost(UserId userId) {
        return limits.takeMessage(userId) == 0;
    }

    @Override
    public boolean mayJoin(UserId userId) {
        return limits.takeJoin(userId) == 0;
    }
}
