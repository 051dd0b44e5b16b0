package dev.confab.chat.timeline;

import dev.confab.chat.model.AuditAction;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of commands. Pure: the same input and random numbers give the same decision. */
public final class RoomTimeline {

    private RoomTimeline() {}

    /**
     * Decides {@code commands} of one room in their order. A command whose outcome is known, from earlier or from
     * within this list, keeps that outcome, whatever the room's state is now (G2). Each new message, edit and deletion
     * takes the next place of the room's order, and each new message an id above the one before it (G3).
     *
     * @param room the room as it is under its lock
     * @param now the wall clock; it may stand still or go backwards
     * @param random fills the random part of new ids
     */
    public static Decision decide(
            LockedRoom room, List<? extends Command> commands, Instant now, RandomGenerator random) {
        RoomDraft draft = new RoomDraft(room, now, random);
        List<Decision.Entry> entries = new ArrayList<>(commands.size());
        for (Command command : commands) {
            if (!command.roomId().equals(room.id())) {
                throw new IllegalArgumentException("A command for " + command.roomId() + " in " + room.id());
            }
            entries.add(draft.decide(command));
        }
        return draft.decision(entries);
    }

    /** What to tell about a command whose outcome is stored. */
    public static ChatEvent event(Command command, Outcome outcome) {
        return event(command.roomId(), CommandKey.of(command), changedMessage(command), outcome);
    }

    /**
     * The same for a command of which no more is known.
     *
     * @param changed the message that it was to change; null for a send
     */
    public static ChatEvent event(RoomId roomId, CommandKey key, @Nullable MessageId changed, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Persisted persisted -> new ChatEvent.MessagePosted(persisted.message());
            case Outcome.Changed change ->
                switch (change.change()) {
                    case EDIT -> new ChatEvent.MessageEdited(change.message(), change.changeSeq(), key.senderId());
                    case DELETE -> new ChatEvent.MessageDeleted(change.message(), change.changeSeq(), key.senderId());
                };
            case Outcome.Rejected rejected ->
                new ChatEvent.CommandRejected(roomId, key.senderId(), key.commandId(), changed, rejected.reason());
        };
    }

    /** What a change leaves in the audit log of its room: who deletes what somebody else said moderates. */
    public static Optional<AuditEntry> audit(UserId changedBy, Outcome.Changed changed) {
        Message message = changed.message();
        Instant deletedAt = message.deletedAt();
        if (changed.change() != MessageChange.DELETE || deletedAt == null || changedBy.equals(message.senderId())) {
            return Optional.empty();
        }
        return Optional.of(new AuditEntry(
                message.roomId(),
                AuditAction.MESSAGE_DELETED,
                changedBy,
                message.senderId(),
                message.id(),
                null,
                null,
                deletedAt));
    }

    private static @Nullable MessageId changedMessage(Command command) {
        return command instanceof Command.Change change ? change.messageId() : null;
    }
}
