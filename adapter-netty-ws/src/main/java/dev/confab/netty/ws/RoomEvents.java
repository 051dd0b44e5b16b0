package dev.confab.netty.ws;

import dev.confab.chat.model.Marking;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.MarkRead;
import dev.confab.netty.wire.Fields;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code markRead}, {@code typing} and {@code heartbeat}. */
final class RoomEvents {

    private final MarkRead markRead;

    RoomEvents(MarkRead markRead) {
        this.markRead = markRead;
    }

    CompletableFuture<?> markRead(ChatConnection connection, ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Optional<RoomId> roomId = fields.requiredId("roomId", RoomId::parse);
        Optional<MessageId> messageId = fields.requiredId("lastReadMessageId", MessageId::parse);
        Optional<Refusal> refusal = fields.refusal();
        if (refusal.isPresent() || roomId.isEmpty() || messageId.isEmpty()) {
            refusal.ifPresent(broken -> connection.refuse(request.ref(), broken));
            return EventHandler.HANDLED;
        }
        UserId userId = connection.userId();
        return connection.offload(() -> markRead.markRead(userId, roomId.get(), messageId.get()), (result, fault) -> {
            switch (result) {
                case Result.Ok<Marking.Marked> ok ->
                    connection.write(ServerFrames.marked(
                            connection.allocator(), request.ref(), ok.value().unreadCount()));
                case Result.Refused<Marking.Marked> refused -> connection.refuse(request.ref(), refused.refusal());
                case null -> connection.failed(request.ref(), fault);
            }
        });
    }

    CompletableFuture<?> typing(ChatConnection connection, ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Optional<RoomId> roomId = fields.requiredId("roomId", RoomId::parse);
        Optional<Boolean> isTyping = fields.requiredFlag("isTyping");
        fields.refusal()
                .ifPresentOrElse(
                        broken -> connection.refuse(request.ref(), broken),
                        () -> connection.session().typing(roomId.orElseThrow(), isTyping.orElseThrow()));
        return EventHandler.HANDLED;
    }

    static CompletableFuture<?> heartbeat(ChatConnection connection, ClientFrame.Request request) {
        connection.write(ServerFrames.done(connection.allocator(), request.ref()));
        return EventHandler.HANDLED;
    }
}
