package dev.confab.kafka;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Everything that records carry. */
final class CodecArbitraries {

    private CodecArbitraries() {}

    /** Emoji, Hangul, controls, quotes; never half a character. */
    static Arbitrary<String> texts() {
        Arbitrary<Integer> codePoints = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 0x7F)),
                Tuple.of(2, Arbitraries.integers().between(0xAC00, 0xD7A3)),
                Tuple.of(2, Arbitraries.integers().between(0x1F300, 0x1FAFF)),
                Tuple.of(1, Arbitraries.integers().between(0x80, 0xD7FF)),
                Tuple.of(1, Arbitraries.integers().between(0xE000, 0x10FFFF)));
        return codePoints.list().ofMaxSize(200).map(points -> {
            StringBuilder text = new StringBuilder();
            points.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    static Arbitrary<UUID> uuids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    }

    static Arbitrary<MessageId> messageIds() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(MessageId::new);
    }

    static Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(0, 253_402_300_799_999L).map(Instant::ofEpochMilli);
    }

    static Arbitrary<TraceId> traces() {
        return uuids().map(uuid -> new TraceId(uuid.toString().replace("-", "")));
    }

    static Arbitrary<UserId> users() {
        return uuids().map(UserId::new);
    }

    static Arbitrary<Command> commands() {
        return Arbitraries.oneOf(posts(), edits(), deletions(), announcements());
    }

    private static Arbitrary<Command> edits() {
        return Combinators.combine(
                        uuids().map(RoomId::new),
                        users(),
                        uuids().map(ClientMessageId::new),
                        messageIds(),
                        texts(),
                        instants(),
                        traces())
                .as(Command.Edit::new);
    }

    private static Arbitrary<Command> deletions() {
        return Combinators.combine(
                        uuids().map(RoomId::new),
                        users(),
                        uuids().map(ClientMessageId::new),
                        messageIds(),
                        instants(),
                        traces())
                .as(Command.Delete::new);
    }

    private static Arbitrary<Command> announcements() {
        return Combinators.combine(
                        uuids().map(RoomId::new), uuids().map(ClientMessageId::new), texts(), instants(), traces())
                .as(Command.Announce::new);
    }

    private static Arbitrary<Command> posts() {
        return Combinators.combine(
                        uuids().map(RoomId::new),
                        users(),
                        uuids().map(ClientMessageId::new),
                        Arbitraries.of(MessageType.class),
                        texts(),
                        messageIds().injectNull(0.5),
                        instants(),
                        traces())
                .as((room, sender, id, type, content, replyTo, at, trace) ->
                        new Command.Post(room, sender, id, new MessageBody(type, content), replyTo, at, trace));
    }

    static Arbitrary<Publication> publications() {
        Arbitrary<ChatEvent> events = Arbitraries.oneOf(
                messages().map(ChatEvent.MessagePosted::new),
                Combinators.combine(messages(), sequences(), users()).as(ChatEvent.MessageEdited::new),
                Combinators.combine(messages(), sequences(), users()).as(ChatEvent.MessageDeleted::new),
                Combinators.combine(
                                uuids().map(RoomId::new),
                                users(),
                                uuids().map(ClientMessageId::new),
                                messageIds().injectNull(0.5),
                                Arbitraries.of(Rejection.class))
                        .as(ChatEvent.CommandRejected::new),
                Combinators.combine(uuids().map(RoomId::new), users(), messageIds(), sequences(), instants())
                        .as(ChatEvent.ReadMarked::new));
        return Arbitraries.oneOf(publicationsOf(events), roomChanges());
    }

    /** Those say themselves with which version of the membership they came. */
    private static Arbitrary<Publication> roomChanges() {
        Arbitrary<RoomChange> changes = Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        uuids().map(RoomId::new),
                        users(),
                        Arbitraries.of(Role.class),
                        users(),
                        texts().injectNull(0.5),
                        Arbitraries.longs().greaterOrEqual(0),
                        instants())
                .as((kind, room, user, role, by, name, version, at) -> switch (kind) {
                    case 0 -> new RoomChange.MemberJoined(room, user, role, by, version, at);
                    case 1 -> new RoomChange.MemberLeft(room, user, role, version, at);
                    case 2 -> new RoomChange.MemberRemoved(room, user, role, by, version, at);
                    case 3 -> new RoomChange.MemberBanned(room, user, name == null ? null : role, by, version, at);
                    case 4 -> new RoomChange.RoleChanged(room, user, role, by, version, at);
                    case 5 -> new RoomChange.RoomUpdated(room, by, name, version, at);
                    default -> new RoomChange.RoomClosed(room, by, version, at);
                });
        return Combinators.combine(texts().map(Epoch::new), traces(), uuids().map(ChangeId::new), changes)
                .as((epoch, trace, id, change) ->
                        new Publication(epoch, change.memberVersion(), trace, new ChatEvent.RoomChanged(id, change)));
    }

    private static Arbitrary<Publication> publicationsOf(Arbitrary<ChatEvent> events) {
        return Combinators.combine(texts().map(Epoch::new), Arbitraries.longs().greaterOrEqual(0), traces(), events)
                .as(Publication::new);
    }

    private static Arbitrary<Sequence> sequences() {
        return Arbitraries.longs().greaterOrEqual(0).map(Sequence::new);
    }

    private static Arbitrary<Message> messages() {
        Arbitrary<Message> plain = Combinators.combine(
                        messageIds(),
                        sequences(),
                        uuids().map(RoomId::new),
                        users().injectNull(0.2),
                        texts().injectNull(0.2),
                        uuids().map(ClientMessageId::new),
                        Arbitraries.of(MessageType.class),
                        texts().injectNull(0.2))
                .as((id, seq, room, sender, name, clientId, type, content) -> new Message(
                        id,
                        seq,
                        room,
                        sender,
                        name,
                        clientId,
                        type,
                        content,
                        null,
                        List.of(),
                        id.createdAt(),
                        null,
                        null));
        return Combinators.combine(
                        plain,
                        messageIds().injectNull(0.5),
                        users().list().ofMaxSize(5),
                        instants().injectNull(0.5),
                        instants().injectNull(0.5))
                .as((message, replyTo, mentions, editedAt, deletedAt) -> new Message(
                        message.id(),
                        message.seq(),
                        message.roomId(),
                        message.senderId(),
                        message.senderName(),
                        message.clientMessageId(),
                        message.type(),
                        message.content(),
                        replyTo,
                        mentions,
                        message.createdAt(),
                        editedAt,
                        deletedAt));
    }
}
