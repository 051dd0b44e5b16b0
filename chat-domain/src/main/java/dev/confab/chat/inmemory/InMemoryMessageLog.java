package dev.confab.chat.inmemory;

import dev.confab.chat.inmemory.InMemoryTables.Progress;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.timeline.CommandKey;
import dev.confab.chat.timeline.Decision;
import dev.confab.chat.timeline.LockedRoom;
import dev.confab.chat.timeline.RoomTimeline;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Timelines in memory. Calls never throw. */
final class InMemoryMessageLog implements MessageLog {

    private final InMemoryDatabase database;
    private final Clock clock;
    private final RandomGenerator random;
    private final InMemoryStoreLife life = new InMemoryStoreLife();

    InMemoryMessageLog(InMemoryDatabase database, Clock clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Stored store(CommandBatch batch) {
        return database.transaction(tables -> {
            Progress progress = tables.progressOf(batch.partition());
            if (life.isBehind(tables, batch.partition(), batch.position())) {
                life.behind(tables, batch.partition());
                return new Stored.Behind(progress.next());
            }
            // What lies below the stored place goes through the same decision: its outcomes are known, so that it is
            // only told again (G5).
            List<Command> commands = new ArrayList<>();
            Map<RoomId, Set<CommandKey>> replayed = new HashMap<>();
            for (CommandBatch.Entry entry : batch.entries()) {
                if (entry instanceof CommandBatch.Logged logged) {
                    commands.add(logged.command());
                    if (logged.replayed()) {
                        replayed.computeIfAbsent(logged.command().roomId(), ignored -> new HashSet<>())
                                .add(CommandKey.of(logged.command()));
                    }
                }
            }
            Map<RoomId, List<Command>> byRoom = new LinkedHashMap<>();
            for (Command command : commands) {
                byRoom.computeIfAbsent(command.roomId(), ignored -> new ArrayList<>())
                        .add(command);
            }
            Instant now = clock.instant();
            Map<RoomId, Iterator<Decision.Entry>> decided = new HashMap<>();
            byRoom.forEach((roomId, ofRoom) -> {
                LockedRoom room = InMemoryLock.read(tables, roomId, ofRoom, replayed.getOrDefault(roomId, Set.of()));
                Decision decision = RoomTimeline.decide(room, ofRoom, now, random);
                write(tables, decision);
                decided.put(roomId, decision.entries().iterator());
            });
            life.advance(tables, batch.partition(), batch.nextPosition());

            List<Publication> publications = new ArrayList<>(commands.size());
            for (Command command : commands) {
                Outcome outcome = decided.getOrDefault(command.roomId(), Collections.emptyIterator())
                        .next()
                        .outcome();
                publications.add(publication(tables, RoomTimeline.event(command, outcome), outcome, command.traceId()));
            }
            return new Stored.Done(List.copyOf(publications));
        });
    }

    private static void write(InMemoryTables tables, Decision decision) {
        InMemoryRoom room = tables.rooms.get(decision.roomId());
        Map<CommandKey, Outcome> outcomes = tables.outcomesIn(decision.roomId());
        for (Decision.Entry entry : decision.entries()) {
            if (!entry.fresh()) {
                continue;
            }
            outcomes.put(entry.key(), entry.outcome());
            if (room != null) {
                write(room, entry);
            }
        }
    }

    private static void write(InMemoryRoom room, Decision.Entry entry) {
        switch (entry.outcome()) {
            case Outcome.Persisted(var message) -> {
                room.append(message, entry.ord());
                InMemoryMember sender = room.member(entry.key().senderId());
                if (sender != null) {
                    room.read(sender, room.messages().getLast(), message.createdAt());
                }
            }
            case Outcome.Changed changed -> {
                UserId changedBy = entry.key().senderId();
                Message message = changed.message();
                room.change(
                        message,
                        new InMemoryRoom.Changed(
                                changed.changeSeq(), message.id(), changed.change(), changedBy, at(changed)));
                RoomTimeline.audit(changedBy, changed).ifPresent(room.audit()::add);
            }
            case Outcome.Rejected rejected -> {
                // The timeline is as it was.
            }
        }
    }

    private static Instant at(Outcome.Changed changed) {
        Message message = changed.message();
        return Objects.requireNonNull(
                changed.change() == MessageChange.DELETE ? message.deletedAt() : message.editedAt());
    }

    @Override
    public Optional<Publication> recordParked(DeadLetter letter, long position) {
        return database.transaction(tables -> {
            // Beyond the end of a store that was restored nothing is closed: it must still find out what it lost.
            if (!life.isBehind(tables, letter.partition(), position)) {
                life.advance(tables, letter.partition(), letter.offset() + 1);
            }
            LetterAddressee whose = letter.addressee();
            if (whose == null) {
                return Optional.empty();
            }
            CommandKey key = new CommandKey(whose.senderId(), whose.commandId());
            Outcome outcome = tables.present(tables.outcomesIn(whose.roomId())
                    .computeIfAbsent(key, ignored -> new Outcome.Rejected(Rejection.PARKED)));
            ChatEvent event = RoomTimeline.event(whose.roomId(), key, whose.messageId(), outcome);
            return Optional.of(publication(tables, event, outcome, letter.traceId()));
        });
    }

    private Publication publication(InMemoryTables tables, ChatEvent event, Outcome outcome, TraceId traceId) {
        InMemoryRoom room = tables.rooms.get(event.roomId());
        return new Publication(
                tables.epoch,
                room == null || outcome instanceof Outcome.Rejected ? 0 : room.memberVersion(),
                traceId,
                event);
    }

    @Override
    public long nextPosition(CommandPartition partition, long committed) {
        life.forget(partition);
        return recheck(partition, committed);
    }

    @Override
    public long recheck(CommandPartition partition, long position) {
        return database.transaction(tables -> {
            if (life.isBehind(tables, partition, position)) {
                life.behind(tables, partition);
            } else {
                life.look(tables, partition);
            }
            return Math.min(position, tables.progressOf(partition).next());
        });
    }

    @Override
    public Epoch epoch() {
        return database.transaction(tables -> tables.epoch);
    }

    @Override
    public MessagePage history(RoomId roomId, HistoryQuery query, int limit) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(roomId);
            return room == null
                    ? new MessagePage(List.of(), null, false)
                    : new InMemoryHistory(room, tables::named).page(query, limit);
        });
    }

    @Override
    public Page<ChatEvent.Timeline, Sequence> events(RoomId roomId, Sequence after, int limit) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(roomId);
            if (room == null) {
                return new Page<>(List.of(), null);
            }
            List<ChatEvent.Timeline> events = new InMemoryHistory(room, tables::named).events(after, limit + 1);
            return Page.of(events, limit, ChatEvent.Timeline::seq);
        });
    }

    @Override
    public Optional<Message> find(RoomId roomId, MessageId messageId) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(roomId);
            InMemoryRoom.Stored stored = room == null ? null : room.find(messageId);
            return stored == null ? Optional.empty() : Optional.of(tables.named(stored.message()));
        });
    }

    @Override
    public Optional<Outcome> outcome(RoomId roomId, UserId senderId, ClientMessageId commandId) {
        return database.transaction(tables -> {
            Map<CommandKey, Outcome> outcomes = tables.outcomes.getOrDefault(roomId, Map.of());
            return Optional.ofNullable(outcomes.get(new CommandKey(senderId, commandId)))
                    .map(outcome -> tables.present(outcome));
        });
    }

    @Override
    public Map<RoomId, Sequence> heads(Collection<RoomId> roomIds) {
        return database.transaction(tables -> {
            Map<RoomId, Sequence> heads = new HashMap<>();
            for (RoomId roomId : roomIds) {
                InMemoryRoom room = tables.rooms.get(roomId);
                if (room != null) {
                    heads.put(roomId, room.lastSeq());
                }
            }
            return Map.copyOf(heads);
        });
    }

    @Override
    public void check() {
        // Memory is always there.
    }
}
