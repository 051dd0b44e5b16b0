package dev.confab.netty;

import dev.confab.chat.model.UserId;

/** Lets WebSocket count its sends and joins where REST counts them too. Safe on any thread. */
public record WebSocketLimits(dev.confab.netty.limit.Limits limits) implements dev.confab.netty.ws.Limits {

    @Override
    public boolean mayPost(UserId userId) {
        return limits.takeMessage(userId) == 0;
    }

    @Override
    public boolean mayJoin(UserId userId) {
        return limits.takeJoin(userId) == 0;
    }
}
