package dev.confab.chat.inmemory;

import dev.confab.chat.inmemory.InMemoryRoom.Changed;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.port.out.MessageRetention;
import dev.confab.chat.timeline.PurgeLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Deletes old parts of timelines in memory. Calls never throw. */
final class InMemoryMessageRetention implements MessageRetention {

    private static final int MOST = 2_000;

    private final InMemoryDatabase database;
    private final Clock clock;
    private final ReentrantLock alone = new ReentrantLock();

    InMemoryMessageRetention(InMemoryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Page<RoomId, RoomId> due(Instant before, @Nullable RoomId after, int limit) {
        return database.transaction(tables -> Page.of(
                tables.rooms.values().stream()
                        .filter(room -> after == null || room.id().toString().compareTo(after.toString()) > 0)
                        .filter(room -> !tables.retentionRules.containsKey(room.id()))
                        .filter(room -> !room.messages().isEmpty()
                                && room.messages()
                                        .getFirst()
                                        .message()
                                        .createdAt()
                                        .isBefore(before))
                        .map(InMemoryRoom::id)
                        .sorted(Comparator.comparing(RoomId::toString))
                        .limit(limit + 1L)
                        .toList(),
                limit,
                roomId -> roomId));
    }

    @Override
    public Page<RetentionRule.OfRoom, RoomId> rules(@Nullable RoomId after, int limit) {
        return database.transaction(tables -> Page.of(
                tables.retentionRules.entrySet().stream()
                        .map(entry -> new RetentionRule.OfRoom(entry.getKey(), entry.getValue()))
                        .filter(each ->
                                after == null || each.roomId().toString().compareTo(after.toString()) > 0)
                        .sorted(Comparator.comparing(each -> each.roomId().toString()))
                        .limit(limit + 1L)
                        .toList(),
                limit,
                RetentionRule.OfRoom::roomId));
    }

    @Override
    public boolean rule(RoomId roomId, @Nullable RetentionRule rule) {
        return database.transaction(tables -> {
            if (rule == null) {
                tables.retentionRules.remove(roomId);
            } else if (tables.rooms.containsKey(roomId)) {
                tables.retentionRules.put(roomId, rule);
            }
            return tables.rooms.containsKey(roomId);
        });
    }

    @Override
    public Optional<Part> next(RoomId roomId, Instant before) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(roomId);
            if (room == null) {
                return Optional.empty();
            }
            long purged = room.purgedSeq().value();
            long end = PurgeLimit.of(purged, old(room, before), MOST, changes(room));
            return end > purged ? Optional.of(new Part(room.purgedSeq(), new Sequence(end))) : Optional.<Part>empty();
        });
    }

    /** The place before the first event that is not old. */
    private static long old(InMemoryRoom room, Instant before) {
        long old = room.lastSeq().value();
        for (InMemoryRoom.Stored stored : room.messages()) {
            if (!stored.message().createdAt().isBefore(before)) {
                old = Math.min(old, stored.message().seq().value() - 1);
                break;
            }
        }
        for (Changed change : room.changes()) {
            if (!change.at().isBefore(before)) {
                old = Math.min(old, change.seq().value() - 1);
            }
        }
        return old;
    }

    private static List<PurgeLimit.Change> changes(InMemoryRoom room) {
        return room.changes().stream()
                .map(change -> new PurgeLimit.Change(
                        room.messages()
                                .get(room.firstFrom(change.messageId()))
                                .message()
                                .seq()
                                .value(),
                        change.seq().value()))
                .toList();
    }

    @Override
    public boolean purge(RoomId roomId, Part part) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(roomId);
            if (room == null
                    || !room.purgedSeq().equals(part.after())
                    || isCut(room, part.upTo().value())) {
                return false;
            }
            Map<MessageId, Message> gone = new HashMap<>();
            room.purge(part.upTo()).forEach(message -> gone.put(message.id(), asDeleted(message)));
            tables.outcomesIn(roomId).replaceAll((key, outcome) -> without(outcome, gone));
            InMemorySearchIndex index = tables.searches.get(roomId);
            if (index != null) {
                gone.keySet().forEach(index::remove);
            }
            return true;
        });
    }

    private static boolean isCut(InMemoryRoom room, long place) {
        return changes(room).stream().anyMatch(each -> each.message() <= place && place < each.change());
    }

    /** What is left of it: who sent it under which name, and where it stood. */
    private Message asDeleted(Message message) {
        return new Message(
                message.id(),
                message.seq(),
                message.roomId(),
                message.senderId(),
                message.senderName(),
                message.clientMessageId(),
                message.type(),
                null,
                null,
                List.of(),
                message.createdAt(),
                null,
                clock.instant());
    }

    private static Outcome without(Outcome outcome, Map<MessageId, Message> gone) {
        return switch (outcome) {
            case Outcome.Persisted(var message) -> new Outcome.Persisted(gone.getOrDefault(message.id(), message));
            case Outcome.Changed(var message, var change, var seq) ->
                new Outcome.Changed(gone.getOrDefault(message.id(), message), change, seq);
            case Outcome.Rejected rejected -> rejected;
        };
    }

    @Override
    public boolean alone(Runnable work) {
        if (!alone.tryLock()) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            alone.unlock();
        }
    }
}
