package dev.confab.chat.usecase;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Who waits here for the outcome of a send. Safe on any thread. */
final class OutcomeWaiters {

    private final Map<Key, CompletableFuture<Outcome>> waiting = new ConcurrentHashMap<>();
    private final Map<UserId, Integer> users = new ConcurrentHashMap<>();

    private record Key(RoomId roomId, UserId senderId, ClientMessageId commandId) {}

    /** Whether somebody waits for a send of that user, so that a publication about it must be heard. */
    boolean concerns(UserId user) {
        return users.containsKey(user);
    }

    /** Begins to wait. The future is shared by all who wait for the same send; give it back with {@link #forget}. */
    CompletableFuture<Outcome> await(RoomId roomId, UserId senderId, ClientMessageId commandId) {
        users.merge(senderId, 1, Integer::sum);
        return waiting.computeIfAbsent(new Key(roomId, senderId, commandId), key -> new CompletableFuture<>());
    }

    /** Ends a wait that {@link #await} began. */
    void forget(RoomId roomId, UserId senderId, ClientMessageId commandId) {
        Integer left = users.computeIfPresent(senderId, (user, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            waiting.remove(new Key(roomId, senderId, commandId));
        }
    }

    /** Tells those who wait. */
    void complete(RoomId roomId, UserId senderId, ClientMessageId commandId, Outcome outcome) {
        CompletableFuture<Outcome> future = waiting.remove(new Key(roomId, senderId, commandId));
        if (future != null) {
            future.complete(outcome);
        }
    }
}
