package dev.confab.netty.ws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.wire.Fields;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code sendMessage}: answered by {@code messageAccepted} once the message is durable (G1), else by
 * {@code messageFailed}. The next frame need not wait for that, only until it can no longer overtake (G3).
 */
final class SendMessageEvent implements EventHandler {

    /** A client's own word for a message is repeated to it up to this length, if it is no id. */
    private static final int LONGEST_ECHO = 64;

    private final PostMessage postMessage;
    private final Limits limits;

    SendMessageEvent(PostMessage postMessage, Limits limits) {
        this.postMessage = postMessage;
        this.limits = limits;
    }

    @Override
    public CompletableFuture<?> handle(ChatConnection connection, ClientFrame.Request request) {
        if (limits.takeMessage(connection.userId()) > 0) {
            failed(connection, request, Refusal.of(Refusal.Code.RATE_LIMITED));
            connection.rateLimited();
            return HANDLED;
        }
        return switch (read(connection, request)) {
            case Result.Ok<PostMessage.Send> ok -> post(connection, request, ok.value());
            case Result.Refused<PostMessage.Send> refused -> {
                failed(connection, request, refused.refusal());
                yield HANDLED;
            }
        };
    }

    private static Result<PostMessage.Send> read(ChatConnection connection, ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Optional<RoomId> roomId = fields.requiredId("roomId", RoomId::parse);
        Optional<ClientMessageId> clientMsgId = fields.requiredId("clientMsgId", ClientMessageId::parse);
        Optional<MessageType> type = fields.requiredWord("type", MessageType.class);
        Optional<String> content = fields.requiredText("content");
        MessageId replyTo = fields.id("replyTo", MessageId::parse);
        Optional<Refusal> refusal = fields.refusal();
        return refusal.<Result<PostMessage.Send>>map(Result::refused)
                .orElseGet(() -> Result.ok(new PostMessage.Send(
                        connection.userId(),
                        roomId.orElseThrow(),
                        clientMsgId.orElseThrow(),
                        new MessageBody(type.orElseThrow(), content.orElseThrow()),
                        replyTo)));
    }

    private CompletableFuture<?> post(ChatConnection connection, ClientFrame.Request request, PostMessage.Send send) {
        PostMessage.Posting posting = postMessage.post(send);
        connection.sending();
        connection.whenDone(posting.accepted(), (result, fault) -> {
            connection.write(
                    switch (result) {
                        case Result.Ok<ClientMessageId> ok ->
                            ServerFrames.messageAccepted(connection.allocator(), request.ref(), ok.value());
                        case Result.Refused<ClientMessageId> refused ->
                            ServerFrames.messageFailed(
                                    connection.allocator(),
                                    request.ref(),
                                    send.clientMessageId().toString(),
                                    refused.refusal());
                        case null ->
                            ServerFrames.messageFailed(
                                    connection.allocator(),
                                    request.ref(),
                                    send.clientMessageId().toString(),
                                    Refusal.of(Refusal.Code.OUTCOME_UNKNOWN));
                    });
            connection.answered();
        });
        return posting.submitted().toCompletableFuture();
    }

    private static void failed(ChatConnection connection, ClientFrame.Request request, Refusal refusal) {
        connection.write(ServerFrames.messageFailed(
                connection.allocator(),
                request.ref(),
                clientMsgId(request.data().path("clientMsgId")),
                refusal));
    }

    private static @Nullable String clientMsgId(JsonNode written) {
        String text = written.textValue();
        return text == null
                        || text.length() > LONGEST_ECHO
                        || ChatLimits.characters("clientMsgId", text).isPresent()
                ? null
                : text;
    }
}
