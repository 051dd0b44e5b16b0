package dev.confab.chat.timeline;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of commands. Pure: the same input and random numbers give the same decision. */
public final class RoomTimeline {

    private RoomTimeline() {}

    /**
     * Decides {@code commands} of one room in their order. A command whose outcome is known, from earlier or from
     * within this list, keeps that outcome, whatever the room's state is now (G2). Each new message takes the next
     * place of the room's order and an id above the one before it (G3).
     *
     * @param room the room as it is under its lock
     * @param now the wall clock; it may stand still or go backwards
     * @param random fills the random part of new ids
     */
    public static Decision decide(
            LockedRoom room, List<? extends Command> commands, Instant now, RandomGenerator random) {
        Draft draft = new Draft(room, now, random);
        List<Decision.Entry> entries = new ArrayList<>(commands.size());
        for (Command command : commands) {
            if (!command.roomId().equals(room.id())) {
                throw new IllegalArgumentException("A command for " + command.roomId() + " in " + room.id());
            }
            entries.add(draft.decide(command));
        }
        return new Decision(room.id(), List.copyOf(entries), draft.lastSeq, draft.ord, draft.lastMessageId);
    }

    /** The room's state while the commands of one batch are decided one after another. */
    private static final class Draft {
        private final LockedRoom room;
        private final Instant now;
        private final RandomGenerator random;
        private final Map<CommandKey, Outcome> outcomes;
        private final Set<MessageId> replyTargets;
        private Sequence lastSeq;
        private long ord;
        private @Nullable MessageId lastMessageId;

        Draft(LockedRoom room, Instant now, RandomGenerator random) {
            this.room = room;
            this.now = now;
            this.random = random;
            this.outcomes = new HashMap<>(room.known());
            this.replyTargets = new HashSet<>(room.replyTargets());
            this.lastSeq = room.lastSeq();
            this.ord = room.ord();
            this.lastMessageId = room.lastMessageId();
        }

        Decision.Entry decide(Command command) {
            CommandKey key = CommandKey.of(command);
            Outcome known = outcomes.get(key);
            if (known != null) {
                return new Decision.Entry(key, known, 0, false);
            }
            Outcome outcome = switch (command) {
                case Command.Post post -> post(post);
            };
            outcomes.put(key, outcome);
            return new Decision.Entry(key, outcome, outcome instanceof Outcome.Persisted ? ord : 0, true);
        }

        private Outcome post(Command.Post post) {
            if (room.status() == null) {
                return new Outcome.Rejected(Rejection.ROOM_NOT_FOUND);
            }
            String senderName = room.members().get(post.senderId());
            if (senderName == null) {
                return new Outcome.Rejected(Rejection.NOT_A_MEMBER);
            }
            if (room.status() == RoomStatus.CLOSED) {
                return new Outcome.Rejected(Rejection.ROOM_CLOSED);
            }
            if (post.replyTo() != null && !replyTargets.contains(post.replyTo())) {
                return new Outcome.Rejected(Rejection.MESSAGE_NOT_FOUND);
            }
            MessageId id = MessageId.after(lastMessageId, now, random);
            lastMessageId = id;
            lastSeq = lastSeq.next();
            if (post.body().type() != MessageType.SYSTEM) {
                ord++;
            }
            replyTargets.add(id);
            return new Outcome.Persisted(new Message(
                    id,
                    lastSeq,
                    post.roomId(),
                    post.senderId(),
                    senderName,
                    post.clientMessageId(),
                    post.body().type(),
                    post.body().content(),
                    post.replyTo(),
                    List.of(),
                    id.createdAt(),
                    null,
                    null));
        }
    }
}
