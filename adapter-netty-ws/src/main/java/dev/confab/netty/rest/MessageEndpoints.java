package dev.confab.netty.rest;

import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.POST;

import dev.confab.chat.Chat;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.wire.ChatJson;
import dev.confab.netty.wire.EventJson;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.MalformedJsonException;
import dev.confab.netty.wire.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Messages: sending them, reading them, and what became of them. */
final class MessageEndpoints {

    private static final int MAX_PAGE = 100;
    private static final int MAX_EVENTS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Chat chat;
    private final Limits limits;

    MessageEndpoints(Chat chat, Limits limits) {
        this.chat = chat;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.user(GET, "/rooms/{roomId}/messages", this::history),
                Route.userPrompt(POST, "/rooms/{roomId}/messages", this::send),
                Route.user(GET, "/rooms/{roomId}/messages/{messageId}", this::message),
                Route.user(GET, "/rooms/{roomId}/events", this::events),
                Route.user(GET, "/rooms/{roomId}/outcomes/{clientMsgId}", this::outcome));
    }

    private CompletionStage<Answer> send(Call call) throws MalformedJsonException {
        RoomId roomId = call.roomId();
        Query query = call.query();
        String wait = query.text("wait");
        if (wait != null && !wait.equals("persisted")) {
            query.broken("wait", "one-of", "wait may only be 'persisted'");
        }
        query.check();
        Fields fields = call.fields();
        Optional<ClientMessageId> clientMessageId = fields.requiredId("clientMsgId", ClientMessageId::parse);
        Optional<MessageType> type = fields.requiredWord("type", MessageType.class);
        Optional<String> content = fields.requiredText("content");
        MessageId replyTo = fields.id("replyTo", MessageId::parse);
        Call.check(fields);
        long waitNanos = limits.takeMessage(call.caller());
        if (waitNanos > 0) {
            throw ProblemException.rateLimited(waitNanos);
        }
        PostMessage.Send send = new PostMessage.Send(
                call.caller(),
                roomId,
                clientMessageId.orElseThrow(),
                new MessageBody(type.orElseThrow(), content.orElseThrow()),
                replyTo);
        return wait == null
                ? chat.postMessage().post(send).accepted().thenApply(result -> Answer.of(result, this::accepted))
                : chat.postMessage().postAndWait(send, PATIENCE).thenApply(result -> Answer.of(result, this::waited));
    }

    private Answer waited(PostMessage.Persistence persistence) {
        return switch (persistence) {
            case PostMessage.Persistence.Stored stored ->
                Answer.json(201, json -> ChatJson.message(json, stored.message()))
                        .withHeader(
                                "location",
                                "/rooms/" + stored.message().roomId() + "/messages/"
                                        + stored.message().id());
            case PostMessage.Persistence.Pending pending -> accepted(pending.clientMessageId());
            case PostMessage.Persistence.Rejected rejected -> rejected(rejected.reason());
        };
    }

    private Answer accepted(ClientMessageId clientMessageId) {
        return Answer.json(202, json -> {
            json.writeStartObject();
            json.writeStringField("clientMsgId", clientMessageId.toString());
            json.writeStringField("status", "ACCEPTED");
            json.writeEndObject();
        });
    }

    private static Answer rejected(Rejection reason) {
        Problem problem = Problem.of(Refusal.of(reason));
        // An answer to a message that is not there is a mistake in the request, not a conflict with the room's state.
        return Answer.problem(reason == Rejection.MESSAGE_NOT_FOUND ? problem : problem.withStatus(409));
    }

    private Answer history(Call call) {
        Query query = call.query();
        List<HistoryQuery> asked = new ArrayList<>(1);
        add(asked, query.parsed("before", MessageId::parse), HistoryQuery.Before::new);
        add(asked, query.parsed("after", MessageId::parse), HistoryQuery.After::new);
        add(asked, query.parsed("around", MessageId::parse), HistoryQuery.Around::new);
        OptionalLong afterSeq = query.number("afterSeq");
        if (afterSeq.isPresent()) {
            asked.add(new HistoryQuery.AfterSeq(new Sequence(afterSeq.getAsLong())));
        }
        if (asked.size() > 1) {
            query.broken("cursor", "single", "Only one of before, after, around and afterSeq may be given");
        }
        int limit = query.limit(MAX_PAGE);
        query.check();
        HistoryQuery where = asked.isEmpty() ? new HistoryQuery.Newest() : asked.getFirst();
        return Answer.of(chat.fetchHistory().history(call.caller(), call.roomId(), where, limit), page -> {
            MessageId next = page.nextCursor();
            return Pages.answer(page.items(), ChatJson::message, next == null ? null : next.toString(), page.hasMore());
        });
    }

    private static void add(
            List<HistoryQuery> asked,
            @Nullable MessageId id,
            java.util.function.Function<MessageId, HistoryQuery> kind) {
        if (id != null) {
            asked.add(kind.apply(id));
        }
    }

    private Answer events(Call call) {
        Query query = call.query();
        Sequence after = new Sequence(query.number("afterSeq").orElse(0));
        int limit = query.limit(MAX_EVENTS);
        query.check();
        return Answer.of(
                chat.fetchHistory().events(call.caller(), call.roomId(), after, limit),
                page -> Pages.answer(
                        page.items(),
                        EventJson::timelineItem,
                        page.next().map(Sequence::toString).orElse(null),
                        page.hasMore()));
    }

    private Answer message(Call call) {
        RoomId roomId = call.roomId();
        return Answer.of(
                chat.fetchHistory().message(call.caller(), roomId, call.messageId()),
                message -> Answer.ok(json -> ChatJson.message(json, message)));
    }

    private Answer outcome(Call call) {
        RoomId roomId = call.roomId();
        ClientMessageId id = call.id("clientMsgId", ClientMessageId::parse, Refusal.Code.NOT_FOUND);
        Optional<Outcome> outcome = chat.findOutcome().find(call.caller(), roomId, id);
        if (outcome.isEmpty()) {
            return outcome(id, "UNKNOWN", null, null, null);
        }
        return switch (outcome.get()) {
            case Outcome.Persisted(Message message) -> outcome(id, "PERSISTED", message, message.seq(), null);
            case Outcome.Changed changed -> outcome(id, "PERSISTED", changed.message(), changed.changeSeq(), null);
            case Outcome.Rejected rejected ->
                outcome(
                        id,
                        rejected.reason() == Rejection.PARKED ? "PARKED" : "REJECTED",
                        null,
                        null,
                        rejected.reason().code());
        };
    }

    private static Answer outcome(
            ClientMessageId id,
            String status,
            @Nullable Message message,
            @Nullable Sequence seq,
            @Nullable String reason) {
        return Answer.ok(json -> {
            json.writeStartObject();
            json.writeStringField("clientMsgId", id.toString());
            json.writeStringField("status", status);
            json.writeStringField(
                    "messageId", message == null ? null : message.id().toString());
            if (seq == null) {
                json.writeNullField("seq");
            } else {
                json.writeNumberField("seq", seq.value());
            }
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }
}
