package dev.confab.jdbi;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.MessageLog.Stored;
import dev.confab.chat.timeline.CommandKey;
import dev.confab.chat.timeline.Decision;
import dev.confab.chat.timeline.LockedRoom;
import dev.confab.chat.timeline.RoomTimeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Stores one batch, inside one transaction. Each step is a statement of its own: under READ COMMITTED a statement sees
 * what was committed before it began, so whatever is read after a lock was granted is as the lock found it.
 */
final class StoringTransaction {

    private final Handle handle;
    private final StoreLife life;
    private final RandomGenerator random;
    private final Instant now;

    StoringTransaction(Handle handle, StoreLife life, Instant now, RandomGenerator random) {
        this.handle = handle;
        this.life = life;
        this.now = now;
        this.random = random;
    }

    Stored store(CommandBatch batch) {
        StoreLife.Locked partition = life.lock(handle, batch.partition());
        if (partition.next() < batch.position()) {
            life.behind(handle, partition);
            return new Stored.Behind(partition.next());
        }
        List<CommandBatch.Logged> logged = new ArrayList<>(batch.entries().size());
        for (CommandBatch.Entry entry : batch.entries()) {
            if (entry instanceof CommandBatch.Logged readable) {
                logged.add(readable);
            }
        }
        Map<RoomId, List<Command>> byRoom = new LinkedHashMap<>();
        for (CommandBatch.Logged entry : logged) {
            byRoom.computeIfAbsent(entry.command().roomId(), room -> new ArrayList<>())
                    .add(entry.command());
        }
        Map<RoomId, LockedRooms.Row> rooms = LockedRooms.lock(handle, byRoom.keySet());
        Map<RoomId, Iterator<Decision.Entry>> decided = new HashMap<>();
        List<Decision> decisions = decide(byRoom, rooms);
        for (Decision decision : decisions) {
            decided.put(decision.roomId(), decision.entries().iterator());
        }
        List<FreshOutcomes.Message> messages = new ArrayList<>();
        List<FreshOutcomes.Refused> refused = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(logged.size());
        for (CommandBatch.Logged entry : logged) {
            Command command = entry.command();
            Decision.Entry decision = decided.getOrDefault(
                            command.roomId(), List.<Decision.Entry>of().iterator())
                    .next();
            outcomes.add(decision.outcome());
            if (decision.fresh()) {
                switch (decision.outcome()) {
                    case Outcome.Persisted persisted ->
                        messages.add(new FreshOutcomes.Message(
                                persisted.message(), command.senderId(), decision.ord(), entry.offset()));
                    case Outcome.Rejected rejected ->
                        refused.add(new FreshOutcomes.Refused(KnownOutcomes.Key.of(command), rejected.reason()));
                }
            }
        }
        FreshOutcomes fresh = new FreshOutcomes(handle, now);
        fresh.insertMessages(batch.partition(), messages);
        fresh.insertRefused(refused);
        fresh.moveHeads(decisions, messages);
        fresh.moveMarkers(messages);
        Epoch epoch = life.advance(handle, partition, batch.nextPosition());
        List<Publication> publications = new ArrayList<>(logged.size());
        for (int i = 0; i < logged.size(); i++) {
            publications.add(publication(epoch, rooms, logged.get(i).command(), outcomes.get(i)));
        }
        return new Stored.Done(publications);
    }

    /**
     * An entry below the partition's next offset was stored before and has an outcome, so that deciding it again gives
     * that one. Should it have none, because the log was made anew and counts from 0 again, it is stored like any other.
     */
    private List<Decision> decide(Map<RoomId, List<Command>> byRoom, Map<RoomId, LockedRooms.Row> rooms) {
        Set<KnownOutcomes.Key> keys = new LinkedHashSet<>();
        byRoom.values().forEach(commands -> commands.forEach(command -> keys.add(KnownOutcomes.Key.of(command))));
        Map<KnownOutcomes.Key, Outcome> known = KnownOutcomes.find(handle, keys);
        Map<RoomId, Map<CommandKey, Outcome>> knownByRoom = new HashMap<>();
        known.forEach((key, outcome) -> knownByRoom
                .computeIfAbsent(key.roomId(), room -> new HashMap<>())
                .put(key.key(), outcome));
        Set<LockedRooms.Seat> seats = new HashSet<>();
        Set<LockedRooms.Target> targets = new HashSet<>();
        byRoom.forEach((roomId, commands) -> {
            for (Command command : commands) {
                if (rooms.containsKey(roomId) && !known.containsKey(KnownOutcomes.Key.of(command))) {
                    seats.add(new LockedRooms.Seat(roomId, command.senderId()));
                    if (command instanceof Command.Post post && post.replyTo() != null) {
                        targets.add(new LockedRooms.Target(roomId, post.replyTo()));
                    }
                }
            }
        });
        Map<RoomId, Map<UserId, String>> members = LockedRooms.members(handle, seats);
        Map<RoomId, Set<MessageId>> replyTargets = LockedRooms.targets(handle, targets);
        List<Decision> decisions = new ArrayList<>(byRoom.size());
        byRoom.forEach((roomId, commands) -> {
            Map<CommandKey, Outcome> knownHere = knownByRoom.getOrDefault(roomId, Map.of());
            LockedRooms.Row room = rooms.get(roomId);
            LockedRoom locked = room == null
                    ? LockedRoom.missing(roomId, knownHere)
                    : new LockedRoom(
                            roomId,
                            room.status(),
                            room.lastSeq(),
                            room.ord(),
                            room.lastMessageId(),
                            members.getOrDefault(roomId, Map.of()),
                            knownHere,
                            replyTargets.getOrDefault(roomId, Set.of()));
            decisions.add(RoomTimeline.decide(locked, commands, now, random));
        });
        return decisions;
    }

    /** What to tell about a command whose outcome is stored. */
    static Publication publication(Epoch epoch, Map<RoomId, LockedRooms.Row> rooms, Command command, Outcome outcome) {
        LockedRooms.Row room = rooms.get(command.roomId());
        ChatEvent event = switch (outcome) {
            case Outcome.Persisted persisted -> new ChatEvent.MessagePosted(persisted.message());
            case Outcome.Rejected rejected ->
                new ChatEvent.CommandRejected(
                        command.roomId(), command.senderId(), command.commandId(), rejected.reason());
        };
        return new Publication(epoch, room == null ? 0 : room.memberVersion(), command.traceId(), event);
    }
}
