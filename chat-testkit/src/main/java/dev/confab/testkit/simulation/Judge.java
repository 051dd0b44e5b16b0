package dev.confab.testkit.simulation;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.Marking;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.timeline.CommandKey;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at all that is logged, stored, answered and shown, and notes the first thing that breaks a guarantee. */
final class Judge {

    private final World world;
    private final Stored stored;
    private final Map<Name, Command> firsts = new LinkedHashMap<>();
    private final Set<String> logged = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<Name> accepted = new LinkedHashSet<>();
    private @Nullable Epoch before;
    private @Nullable Breach breach;

    private record Name(RoomId roomId, CommandKey key) {}

    /** A guarantee that was broken, and how it was seen. */
    record Breach(String rule, String how) {}

    Judge(World world) {
        this.world = world;
        this.stored = new Stored(world, this::broken);
    }

    Stored stored() {
        return stored;
    }

    @Nullable
    Breach breach() {
        return breach;
    }

    void broken(String rule, String how) {
        if (breach == null) {
            breach = new Breach(rule, how);
            world.story().tell(() -> "  !! " + rule + ": " + how);
        }
    }

    void failed(String where, Throwable failure) {
        broken("a fault", where + ": " + failure);
    }

    // What is logged and answered (G1, G2).

    void appended(Command command) {
        firsts.putIfAbsent(new Name(command.roomId(), CommandKey.of(command)), command);
        String content = Story.content(command);
        logged.add(content);
        if (failed.contains(content)) {
            broken("G1 failed means not stored", Story.of(command) + " is in the log and was answered as failed");
        }
    }

    @Nullable
    Command firstOf(RoomId roomId, CommandKey key) {
        return firsts.get(new Name(roomId, key));
    }

    /** A send was answered; each attempt has a content of its own. */
    void answered(RoomId roomId, UserId sender, String content, Result<ClientMessageId> result) {
        switch (result) {
            case Result.Ok<ClientMessageId>(ClientMessageId id) -> {
                CommandKey key = new CommandKey(sender, id);
                if (firstOf(roomId, key) == null) {
                    broken("G1 accepted means logged", content + " is not in the log");
                }
                accepted.add(new Name(roomId, key));
            }
            case Result.Refused<ClientMessageId>(Refusal refusal) -> {
                if (refusal.code() != Refusal.Code.OUTCOME_UNKNOWN) {
                    failed.add(content);
                    if (logged.contains(content)) {
                        broken("G1 failed means not stored", content + " was answered " + refusal.code());
                    }
                }
            }
        }
    }

    // What is stored.

    /** A process called a port, and that is what came of it. */
    void saw(String call, Object[] arguments, @Nullable Object result) {
        switch (call) {
            case "store" -> sawStored((CommandBatch) arguments[0], Objects.requireNonNull(result));
            case "act" -> stored.lookAtPlaces((RoomId) arguments[0]);
            case "mark" -> {
                if (result instanceof Marking.Marked marked) {
                    stored.marked(
                            (RoomId) arguments[0],
                            (UserId) arguments[1],
                            (MessageId) arguments[2],
                            marked.unreadCount());
                }
            }
            default -> {
                // Nothing that was promised depends on it.
            }
        }
    }

    private void sawStored(CommandBatch batch, Object result) {
        boolean done = result instanceof MessageLog.Stored.Done;
        world.story()
                .tell(() -> "    " + batch.position() + " to " + (batch.nextPosition() - 1) + " of partition "
                        + batch.partition().number() + (done ? " are stored" : " are not stored: " + result));
        for (CommandBatch.Entry entry : batch.entries()) {
            if (entry instanceof CommandBatch.Logged logged) {
                stored.look(logged.command().roomId());
                if (done) {
                    stored.lookAt(logged.command());
                }
            }
        }
    }

    // A restored store tells two stories at once until everybody has learned of it.

    void restored(Stored.Copy copy) {
        stored.restore(copy);
        before = world.stores().messageLog().epoch();
    }

    /** Whether nobody could have learned yet that the store was restored. */
    boolean isTorn() {
        if (before != null && !before.equals(world.stores().messageLog().epoch())) {
            before = null;
        }
        return before != null;
    }

    /** Whether places of that life of the store mean something now. */
    boolean isPresent(@Nullable Epoch epoch) {
        return !isTorn() && world.stores().messageLog().epoch().equals(epoch);
    }

    // What gateways show (G4, G14).

    /**
     * A gateway shows an event of a timeline to somebody. However late it hears of a removal, what it shows must be of
     * before: it shows nothing of which it does not know how the membership then was.
     *
     * @param known the life of the store in which the gateway believes to be
     */
    void shown(Node node, UserId user, ChatEvent.Timeline event, Epoch known) {
        RoomId roomId = event.roomId();
        long seq = event.seq().value();
        String name = StoredRoom.name(event);
        if (!stored.wasEver(roomId, seq, name)) {
            broken("G4 shown and not stored", Story.of(event) + " to " + Story.of(user));
        }
        StoredRoom room = stored.room(roomId);
        Long end = room.endOf(user);
        if (end == null || !isPresent(known) || !room.has(seq) || user.equals(event.actor())) {
            return;
        }
        StoredRoom.Happened happened = room.at(seq);
        if (happened.what().equals(name) && happened.memberVersion() >= end) {
            broken(
                    "G14 shown to who was removed",
                    node.name() + " shows " + Story.of(event) + " to " + Story.of(user) + ", out since version " + end);
        }
    }

    /** Whether a change of somebody's place is one that ended it. */
    static boolean endsPlaceOf(ChatEvent event, UserId user) {
        return event instanceof ChatEvent.RoomChanged changed
                && changed.change() instanceof RoomChange.OfMember member
                && member.userId().equals(user)
                && member.endsPlace();
    }

    // What must be so when all is at rest (G5, G6, G8, G11).

    private void lookAt(Broker.Partition partition, CommandBatch.Unreadable record) {
        if (!partition.isParked(record.offset())) {
            broken("G11 not parked", "place " + record.offset() + " of partition " + partition.name());
        }
        LetterAddressee whose = record.letter().addressee();
        if (whose != null && !stored.hasOutcome(whose.roomId(), new CommandKey(whose.senderId(), whose.commandId()))) {
            broken("G6 unreadable and without an outcome", Story.of(whose.senderId()));
        }
    }

    void lookAtRest() {
        for (Command command : world.broker().commands()) {
            if (stored.outcomeOf(command) == null) {
                broken("G6 no outcome", Story.of(command));
            }
        }
        for (Broker.Partition partition : world.broker().partitions()) {
            partition.unreadable().forEach(record -> lookAt(partition, record));
        }
        for (Name name : accepted) {
            if (!stored.hasOutcome(name.roomId(), name.key())) {
                broken("G6 accepted and without an outcome", Story.of(name.key()));
            }
        }
        if (isTorn()) {
            broken("G10 restored and nobody was told", "the epoch is still the one before");
        }
        int waiting = world.stores().outbox().pending(100).size();
        if (waiting > 0) {
            broken("changes of rooms were not told", waiting + " still wait in the outbox");
        }
        stored.lookAtUnread();
    }
}
