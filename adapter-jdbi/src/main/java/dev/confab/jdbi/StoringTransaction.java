package dev.confab.jdbi;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.MessageLog.Stored;
import dev.confab.chat.timeline.CommandKey;
import dev.confab.chat.timeline.Decision;
import dev.confab.chat.timeline.LockedRoom;
import dev.confab.chat.timeline.Mentions;
import dev.confab.chat.timeline.Replays;
import dev.confab.chat.timeline.RoomTimeline;
import dev.confab.chat.timeline.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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

    /**
     * @param row to be remembered after the commit
     */
    record Result(Stored stored, StoreLife.Locked row) {}

    Result store(CommandBatch batch) {
        StoreLife.Locked partition = life.lock(handle, batch.partition());
        if (life.isBehind(partition, batch.position())) {
            return new Result(new Stored.Behind(partition.next()), life.behind(handle, partition));
        }
        List<CommandBatch.Logged> logged = new ArrayList<>(batch.entries().size());
        List<Command> replayed = new ArrayList<>();
        Map<RoomId, List<CommandBatch.Logged>> byRoom = new LinkedHashMap<>();
        for (CommandBatch.Entry entry : batch.entries()) {
            if (entry instanceof CommandBatch.Logged readable) {
                logged.add(readable);
                if (readable.replayed()) {
                    replayed.add(readable.command());
                }
                byRoom.computeIfAbsent(readable.command().roomId(), room -> new ArrayList<>())
                        .add(readable);
            }
        }
        Map<RoomId, LockedRooms.Row> rooms = LockedRooms.lock(handle, byRoom.keySet());
        List<Decision> decisions = decide(logged, replayed, byRoom, rooms);
        // Before what becomes of them is written in its place: a command has one outcome.
        new FreshOutcomes(handle, now).forgetParked(replayed);
        write(batch.partition(), decisions, byRoom);
        StoreLife.Advanced advanced = life.advance(handle, partition, batch.nextPosition());
        return new Result(new Stored.Done(publications(advanced.epoch(), logged, decisions, rooms)), advanced.row());
    }

    /**
     * An entry below the partition's next offset was stored before and has an outcome, so that deciding it again gives
     * that one. Should it have none, because the log was made anew and counts from 0 again, it is stored like any other.
     */
    private List<Decision> decide(
            List<CommandBatch.Logged> logged,
            List<Command> replayed,
            Map<RoomId, List<CommandBatch.Logged>> byRoom,
            Map<RoomId, LockedRooms.Row> rooms) {
        Map<RoomId, Map<CommandKey, Outcome>> known = binding(
                KnownOutcomes.find(
                        handle,
                        logged.stream().map(CommandBatch.Logged::command).toList()),
                replayed);
        Set<LockedRooms.Seat> seats = new LinkedHashSet<>();
        Set<LockedRooms.Target> targets = new LinkedHashSet<>();
        Set<LockedRooms.Name> names = new LinkedHashSet<>();
        byRoom.forEach((roomId, entries) -> {
            if (rooms.containsKey(roomId)) {
                Map<CommandKey, Outcome> knownHere = known.getOrDefault(roomId, Map.of());
                for (CommandBatch.Logged entry : entries) {
                    Command command = entry.command();
                    if (knownHere.isEmpty() || !knownHere.containsKey(CommandKey.of(command))) {
                        seats.add(new LockedRooms.Seat(roomId, command.senderId()));
                        Targets.of(command).ifPresent(id -> targets.add(new LockedRooms.Target(roomId, id)));
                        Mentions.candidates(command).forEach(name -> names.add(new LockedRooms.Name(roomId, name)));
                    }
                }
            }
        });
        Map<RoomId, Map<UserId, LockedRoom.Member>> members = LockedRooms.members(handle, seats);
        Map<RoomId, Map<MessageId, Message>> found = LockedRooms.targets(handle, targets);
        Map<RoomId, Map<String, Set<UserId>>> named = LockedRooms.named(handle, names);
        List<Decision> decisions = new ArrayList<>(byRoom.size());
        byRoom.forEach((roomId, entries) -> {
            Map<CommandKey, Outcome> knownHere = known.getOrDefault(roomId, Map.of());
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
                            found.getOrDefault(roomId, Map.of()),
                            named.getOrDefault(roomId, Map.of()));
            List<Command> commands =
                    entries.stream().map(CommandBatch.Logged::command).toList();
            decisions.add(RoomTimeline.decide(locked, commands, now, random));
        });
        return decisions;
    }

    /** Without those that say of replayed commands that they are parked. */
    private static Map<RoomId, Map<CommandKey, Outcome>> binding(
            Map<RoomId, Map<CommandKey, Outcome>> known, List<Command> replayed) {
        for (Command command : replayed) {
            known.computeIfPresent(
                    command.roomId(), (room, here) -> Replays.binding(here, Set.of(CommandKey.of(command))));
        }
        return known;
    }

    /** Room by room, so that a room's messages lie side by side in the table and in its indexes. */
    private void write(
            CommandPartition partition, List<Decision> decisions, Map<RoomId, List<CommandBatch.Logged>> byRoom) {
        List<FreshOutcomes.Message> messages = new ArrayList<>();
        List<FreshChanges.Change> changes = new ArrayList<>();
        List<FreshOutcomes.Refused> refused = new ArrayList<>();
        for (Decision decision : decisions) {
            Iterator<CommandBatch.Logged> entries =
                    byRoom.getOrDefault(decision.roomId(), List.of()).iterator();
            for (Decision.Entry decided : decision.entries()) {
                CommandBatch.Logged entry = entries.next();
                if (decided.fresh()) {
                    switch (decided.outcome()) {
                        case Outcome.Persisted persisted ->
                            messages.add(new FreshOutcomes.Message(
                                    persisted.message(), entry.command().senderId(), decided.ord(), entry.offset()));
                        case Outcome.Changed changed -> changes.add(new FreshChanges.Change(entry.command(), changed));
                        case Outcome.Rejected rejected ->
                            refused.add(new FreshOutcomes.Refused(decision.roomId(), decided.key(), rejected.reason()));
                    }
                }
            }
        }
        FreshOutcomes fresh = new FreshOutcomes(handle, now);
        fresh.insertMessages(partition, messages);
        new FreshChanges(handle, now).write(changes);
        fresh.insertRefused(refused);
        fresh.moveHeads(decisions);
        fresh.moveMarkers(messages);
    }

    private static List<Publication> publications(
            Epoch epoch,
            List<CommandBatch.Logged> logged,
            List<Decision> decisions,
            Map<RoomId, LockedRooms.Row> rooms) {
        Map<RoomId, Iterator<Decision.Entry>> decided = new HashMap<>();
        decisions.forEach(
                decision -> decided.put(decision.roomId(), decision.entries().iterator()));
        List<Publication> publications = new ArrayList<>(logged.size());
        for (CommandBatch.Logged entry : logged) {
            Command command = entry.command();
            Outcome outcome = decided.getOrDefault(command.roomId(), Collections.emptyIterator())
                    .next()
                    .outcome();
            publications.add(publication(
                    epoch, rooms.get(command.roomId()), command.traceId(), RoomTimeline.event(command, outcome)));
        }
        return publications;
    }

    /** What to tell of what is stored. */
    static Publication publication(Epoch epoch, LockedRooms.@Nullable Row room, TraceId traceId, ChatEvent event) {
        return new Publication(epoch, room == null ? 0 : room.memberVersion(), traceId, event);
    }
}
