package dev.confab.jdbi;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.CommandRefusedException;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.timeline.CommandKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timelines in PostgreSQL. Safe on any thread. */
final class JdbiMessageLog implements MessageLog {

    private static final Logger LOG = LoggerFactory.getLogger(JdbiMessageLog.class);

    private final Database database;
    private final Clock clock;
    private final RandomGenerator random;
    private final StoreLife life = new StoreLife();
    private final WriteProbe probe;

    JdbiMessageLog(Database database, Clock clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.probe = new WriteProbe(database);
    }

    @Override
    public Stored store(CommandBatch batch) {
        try {
            StoringTransaction.Result result = database.write(
                    handle -> new StoringTransaction(handle, life, clock.instant(), random).store(batch));
            if (result.stored() instanceof Stored.Behind) {
                warn(result.row(), life.end(result.row(), batch.position()));
            }
            life.remember(result.row());
            return result.stored();
        } catch (DataRefusedException e) {
            throw new CommandRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<Publication> recordParked(DeadLetter letter, long position) {
        Instant now = clock.instant();
        Parked parked = database.write(handle -> {
            StoreLife.Locked partition = life.lock(handle, letter.partition());
            // A store that was restored meanwhile must still find out: do not close the gap over what it lost.
            StoreLife.Advanced advanced =
                    life.isBehind(partition, position) ? null : life.advance(handle, partition, letter.offset() + 1);
            Epoch epoch = advanced == null ? life.epoch(handle) : advanced.epoch();
            return new Parked(new Parking(handle, now).park(letter, epoch), advanced == null ? null : advanced.row());
        });
        if (parked.row() != null) {
            life.remember(parked.row());
        }
        return parked.told();
    }

    private record Parked(Optional<Publication> told, StoreLife.@Nullable Locked row) {}

    @Override
    public long nextPosition(CommandPartition partition, long committed) {
        life.forget(partition);
        return recheck(partition, committed);
    }

    @Override
    public long recheck(CommandPartition partition, long position) {
        Checked checked = database.write(handle -> {
            StoreLife.Locked row = life.lock(handle, partition);
            return life.isBehind(row, position) ? new Checked(life.behind(handle, row), true) : new Checked(row, false);
        });
        if (checked.behind()) {
            warn(checked.row(), life.end(checked.row(), position));
        }
        life.remember(checked.row());
        return Math.min(checked.row().next(), position);
    }

    private record Checked(StoreLife.Locked row, boolean behind) {}

    private static void warn(StoreLife.Locked row, long end) {
        LOG.warn(
                "{} is stored up to {}, and was up to {}: PostgreSQL was restored from a copy, or made anew."
                        + " The log is read again from there, and clients that come back are told to load anew",
                row.partition(),
                row.next(),
                end);
    }

    @Override
    public Epoch epoch() {
        return database.read(life::epoch);
    }

    @Override
    public MessagePage history(RoomId roomId, HistoryQuery query, int limit) {
        return database.read(handle -> new MessagePages(handle, roomId).page(query, limit));
    }

    @Override
    public Page<ChatEvent.Timeline, Sequence> events(RoomId roomId, Sequence after, int limit) {
        List<ChatEvent.Timeline> events =
                database.read(handle -> new MessagePages(handle, roomId).events(after, limit + 1));
        return Page.of(events, limit, ChatEvent.Timeline::seq);
    }

    @Override
    public Optional<Message> find(RoomId roomId, MessageId messageId) {
        return database.read(handle -> new MessagePages(handle, roomId).find(messageId));
    }

    @Override
    public Optional<Outcome> outcome(RoomId roomId, UserId senderId, ClientMessageId commandId) {
        return database.read(handle -> KnownOutcomes.find(handle, roomId, new CommandKey(senderId, commandId)));
    }

    @Override
    public Map<RoomId, Sequence> heads(Collection<RoomId> roomIds) {
        Map<RoomId, Sequence> heads = new HashMap<>();
        if (!roomIds.isEmpty()) {
            database.read(handle -> handle.createQuery("select id, last_seq from rooms where id = any(?)")
                            .bind(0, UuidArray.of(roomIds, RoomId::value))
                            .map((row, context) ->
                                    Map.entry(new RoomId(Columns.uuid(row, 1)), new Sequence(row.getLong(2))))
                            .list())
                    .forEach(head -> heads.put(head.getKey(), head.getValue()));
        }
        return heads;
    }

    @Override
    public void check() {
        probe.run();
    }
}
