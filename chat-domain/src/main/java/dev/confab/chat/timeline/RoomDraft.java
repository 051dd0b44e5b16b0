package dev.confab.chat.timeline;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The room's state while the commands of one batch are decided one after another. */
final class RoomDraft {

    private final LockedRoom room;
    private final Instant now;
    private final RandomGenerator random;
    private final Map<CommandKey, Outcome> outcomes;
    private final Map<MessageId, Message> targets;
    private Sequence lastSeq;
    private long ord;
    private @Nullable MessageId lastMessageId;

    RoomDraft(LockedRoom room, Instant now, RandomGenerator random) {
        this.room = room;
        this.now = now;
        this.random = random;
        this.outcomes = new HashMap<>(room.known());
        this.targets = new HashMap<>(room.targets());
        this.lastSeq = room.lastSeq();
        this.ord = room.ord();
        this.lastMessageId = room.lastMessageId();
    }

    Decision decision(List<Decision.Entry> entries) {
        return new Decision(room.id(), List.copyOf(entries), lastSeq, ord, lastMessageId);
    }

    Decision.Entry decide(Command command) {
        CommandKey key = CommandKey.of(command);
        Outcome known = outcomes.get(key);
        if (known != null) {
            return new Decision.Entry(key, known, 0, false);
        }
        Outcome outcome = outcome(command);
        outcomes.put(key, outcome);
        return new Decision.Entry(key, outcome, outcome instanceof Outcome.Persisted ? ord : 0, true);
    }

    private Outcome outcome(Command command) {
        if (room.status() == null) {
            return new Outcome.Rejected(Rejection.ROOM_NOT_FOUND);
        }
        return switch (command) {
            case Command.Announce announce -> announce(announce);
            case Command.Post post -> byMember(post, sender -> post(post, sender));
            case Command.Change change -> byMember(change, sender -> change(change, sender));
        };
    }

    private Outcome byMember(Command command, Function<LockedRoom.Member, Outcome> outcome) {
        LockedRoom.Member sender = room.members().get(command.senderId());
        if (sender == null) {
            return new Outcome.Rejected(Rejection.NOT_A_MEMBER);
        }
        return room.status() == RoomStatus.CLOSED ? new Outcome.Rejected(Rejection.ROOM_CLOSED) : outcome.apply(sender);
    }

    private Outcome post(Command.Post post, LockedRoom.Member sender) {
        if (post.replyTo() != null && !targets.containsKey(post.replyTo())) {
            return new Outcome.Rejected(Rejection.MESSAGE_NOT_FOUND);
        }
        if (post.body().type() != MessageType.SYSTEM) {
            ord++;
        }
        return append(
                post,
                post.senderId(),
                sender.nickname(),
                post.body(),
                post.replyTo(),
                mentions(post.body().type(), post.body().content()));
    }

    /** Whoever is in the room, and whatever its state: the server tells what has happened. */
    private Outcome announce(Command.Announce announce) {
        return append(announce, null, null, new MessageBody(MessageType.SYSTEM, announce.content()), null, List.of());
    }

    private Outcome append(
            Command command,
            @Nullable UserId senderId,
            @Nullable String senderName,
            MessageBody body,
            @Nullable MessageId replyTo,
            List<UserId> mentions) {
        MessageId id = MessageId.after(lastMessageId, now, random);
        lastMessageId = id;
        lastSeq = lastSeq.next();
        Message message = new Message(
                id,
                lastSeq,
                command.roomId(),
                senderId,
                senderName,
                command.commandId(),
                body.type(),
                body.content(),
                replyTo,
                mentions,
                id.createdAt(),
                null,
                null);
        targets.put(id, message);
        return new Outcome.Persisted(message);
    }

    private Outcome change(Command.Change change, LockedRoom.Member sender) {
        Message message = targets.get(change.messageId());
        if (message == null || message.deletedAt() != null) {
            return new Outcome.Rejected(Rejection.MESSAGE_NOT_FOUND);
        }
        if (!mayChange(change, sender, message)) {
            return new Outcome.Rejected(Rejection.FORBIDDEN);
        }
        lastSeq = lastSeq.next();
        Message changed = switch (change) {
            case Command.Edit edit -> edited(message, edit.content());
            case Command.Delete delete -> deleted(message);
        };
        targets.put(message.id(), changed);
        MessageChange kind = change instanceof Command.Edit ? MessageChange.EDIT : MessageChange.DELETE;
        return new Outcome.Changed(changed, kind, lastSeq);
    }

    private static boolean mayChange(Command.Change change, LockedRoom.Member sender, Message message) {
        boolean author = change.senderId().equals(message.senderId());
        return switch (change) {
            case Command.Edit edit -> author;
            case Command.Delete delete -> author || sender.role().compareTo(Role.ADMIN) >= 0;
        };
    }

    private Message edited(Message message, String content) {
        return new Message(
                message.id(),
                message.seq(),
                message.roomId(),
                message.senderId(),
                message.senderName(),
                message.clientMessageId(),
                message.type(),
                content,
                message.replyTo(),
                mentions(message.type(), content),
                message.createdAt(),
                notBefore(message.createdAt()),
                null);
    }

    /** What it said, and whom it named, is gone; that it was there is not. */
    private Message deleted(Message message) {
        return new Message(
                message.id(),
                message.seq(),
                message.roomId(),
                message.senderId(),
                message.senderName(),
                message.clientMessageId(),
                message.type(),
                null,
                message.replyTo(),
                List.of(),
                message.createdAt(),
                message.editedAt(),
                notBefore(message.createdAt()));
    }

    private List<UserId> mentions(MessageType type, String content) {
        return type == MessageType.TEXT ? Mentions.in(content, room.nicknames()) : List.of();
    }

    /** Nothing is changed before it was there, whatever this worker's clock shows. */
    private Instant notBefore(Instant createdAt) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        return moment.isBefore(createdAt) ? createdAt : moment;
    }
}
