package dev.confab.netty.ws;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.wire.Fields;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code editMessage} and {@code deleteMessage}: answered once the change is durable (G1). The next frame waits for
 * that, so that what one connection does to one room keeps its order (G3).
 */
final class ChangeEvents {

    private final EditMessage editMessage;
    private final DeleteMessage deleteMessage;
    private final Limits limits;

    ChangeEvents(EditMessage editMessage, DeleteMessage deleteMessage, Limits limits) {
        this.editMessage = editMessage;
        this.deleteMessage = deleteMessage;
        this.limits = limits;
    }

    /** What is to be changed; {@code commandId} is the client's own, or made here. */
    private record Target(RoomId roomId, MessageId messageId, ClientMessageId commandId) {}

    CompletableFuture<?> editMessage(ChatConnection connection, ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Optional<Target> target = target(fields);
        Optional<String> content = fields.requiredText("content");
        if (refused(connection, request, fields) || target.isEmpty() || content.isEmpty()) {
            return EventHandler.HANDLED;
        }
        Target what = target.get();
        return answer(
                connection,
                request,
                editMessage.edit(new EditMessage.Edit(
                        connection.userId(), what.roomId(), what.messageId(), what.commandId(), content.get())));
    }

    CompletableFuture<?> deleteMessage(ChatConnection connection, ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Optional<Target> target = target(fields);
        if (refused(connection, request, fields) || target.isEmpty()) {
            return EventHandler.HANDLED;
        }
        Target what = target.get();
        return answer(
                connection,
                request,
                deleteMessage.delete(new DeleteMessage.Deletion(
                        connection.userId(), what.roomId(), what.messageId(), what.commandId())));
    }

    private static Optional<Target> target(Fields fields) {
        Optional<RoomId> roomId = fields.requiredId("roomId", RoomId::parse);
        Optional<MessageId> messageId = fields.requiredId("messageId", MessageId::parse);
        ClientMessageId commandId = orRandom(fields.id("commandId", ClientMessageId::parse));
        return roomId.flatMap(room -> messageId.map(message -> new Target(room, message, commandId)));
    }

    private static ClientMessageId orRandom(@Nullable ClientMessageId commandId) {
        return commandId == null ? ClientMessageId.random() : commandId;
    }

    /** Answers what is wrong with the fields or with how often the client writes; a change counts as a message. */
    private boolean refused(ChatConnection connection, ClientFrame.Request request, Fields fields) {
        if (limits.takeMessage(connection.userId()) > 0) {
            connection.refuse(request.ref(), Refusal.of(Refusal.Code.RATE_LIMITED));
            connection.rateLimited();
            return true;
        }
        Optional<Refusal> refusal = fields.refusal();
        refusal.ifPresent(broken -> connection.refuse(request.ref(), broken));
        return refusal.isPresent();
    }

    private static CompletableFuture<?> answer(
            ChatConnection connection, ClientFrame.Request request, CompletionStage<Result<ClientMessageId>> stage) {
        return connection.whenDone(stage, (result, fault) -> {
            switch (result) {
                case Result.Ok<ClientMessageId> ok ->
                    connection.write(ServerFrames.changing(connection.allocator(), request.ref(), ok.value()));
                case Result.Refused<ClientMessageId> refused -> connection.refuse(request.ref(), refused.refusal());
                case null -> connection.failed(request.ref(), fault);
            }
        });
    }
}
