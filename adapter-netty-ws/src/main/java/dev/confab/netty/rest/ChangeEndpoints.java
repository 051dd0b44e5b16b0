package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.PATCH;

import dev.confab.chat.Chat;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Messages that are edited and deleted. */
final class ChangeEndpoints {

    private static final String MESSAGE = "/rooms/{roomId}/messages/{messageId}";

    private final Chat chat;
    private final Limits limits;

    ChangeEndpoints(Chat chat, Limits limits) {
        this.chat = chat;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(Route.userPrompt(PATCH, MESSAGE, this::edit), Route.userPrompt(DELETE, MESSAGE, this::delete));
    }

    private CompletionStage<Answer> edit(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        MessageId messageId = call.messageId();
        Fields fields = call.fields();
        Optional<String> content = fields.requiredText("content");
        ClientMessageId commandId = fields.id("commandId", ClientMessageId::parse);
        Call.check(fields);
        take(call);
        return chat.editMessage()
                .edit(new EditMessage.Edit(
                        call.caller(), roomId, messageId, orRandom(commandId), content.orElseThrow()))
                .thenApply(result -> Answer.of(result, id -> accepted(messageId, id)));
    }

    private CompletionStage<Answer> delete(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        MessageId messageId = call.messageId();
        ClientMessageId commandId = commandIdOf(call);
        take(call);
        return chat.deleteMessage()
                .delete(new DeleteMessage.Deletion(call.caller(), roomId, messageId, orRandom(commandId)))
                .thenApply(result -> Answer.of(result, id -> accepted(messageId, id)));
    }

    /** From the query or from a body; the latter is not for every client to send (RFC 9110 section 9.3.5). */
    private static @Nullable ClientMessageId commandIdOf(Call call) throws MalformedJsonException {
        Query query = call.query();
        ClientMessageId inQuery = query.parsed("commandId", ClientMessageId::parse);
        query.check();
        if (inQuery != null || !call.request().content().isReadable()) {
            return inQuery;
        }
        Fields fields = call.fields();
        ClientMessageId inBody = fields.id("commandId", ClientMessageId::parse);
        Call.check(fields);
        return inBody;
    }

    /** A change goes through the same log as a message, and counts as one. */
    private void take(Call call) {
        long waitNanos = limits.takeMessage(call.caller());
        if (waitNanos > 0) {
            throw ProblemException.rateLimited(waitNanos);
        }
    }

    private static ClientMessageId orRandom(@Nullable ClientMessageId commandId) {
        return commandId == null ? ClientMessageId.random() : commandId;
    }

    private static Answer accepted(MessageId messageId, ClientMessageId commandId) {
        return Answer.json(202, json -> {
            json.writeStartObject();
            json.writeStringField("messageId", messageId.toString());
            json.writeStringField("commandId", commandId.toString());
            json.writeStringField("status", "ACCEPTED");
            json.writeEndObject();
        });
    }
}
