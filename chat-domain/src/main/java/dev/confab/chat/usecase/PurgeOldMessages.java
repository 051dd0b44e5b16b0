package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.port.out.MessageArchive;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageRetention;
import dev.confab.chat.port.out.RetentionPorts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Archives and then deletes what is older than it may get, room by room and part by part. A crash in between leaves a
 * part that is archived and not deleted; it is archived once more. Stops early when its thread is interrupted.
 */
final class PurgeOldMessages implements Runnable {

    private static final System.Logger LOG = System.getLogger(PurgeOldMessages.class.getName());
    private static final int ROOMS = 100;
    private static final int EVENTS = 500;

    private final MessageRetention retention;
    private final MessageLog log;
    private final MessageArchive archive;
    private final Clock clock;
    private final @Nullable Duration age;

    /**
     * @param age how old messages get in rooms without a rule of their own; null: they are kept for ever
     */
    PurgeOldMessages(RetentionPorts ports, Clock clock, @Nullable Duration age) {
        this.retention = ports.retention();
        this.log = ports.messageLog();
        this.archive = ports.archive();
        this.clock = clock;
        this.age = age;
    }

    /** Never throws: what failed is tried again in the next turn. */
    @Override
    public void run() {
        try {
            boolean unused = retention.alone(this::purgeAll);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "Old messages could not be archived and deleted", fault);
        }
    }

    private void purgeAll() {
        if (age != null) {
            purgeRoomsWithoutRule(clock.instant().minus(age));
        }
        purgeRoomsWithRule();
    }

    private void purgeRoomsWithRule() {
        RoomId after = null;
        do {
            Page<RetentionRule.OfRoom, RoomId> rooms = retention.rules(after, ROOMS);
            rooms.items().stream()
                    .filter(each -> !each.rule().isForever())
                    .forEach(each -> purge(
                            each.roomId(),
                            clock.instant().minus(Duration.ofDays(each.rule().days()))));
            after = rooms.nextCursor();
        } while (after != null && !Thread.currentThread().isInterrupted());
    }

    private void purgeRoomsWithoutRule(Instant before) {
        RoomId after = null;
        do {
            Page<RoomId, RoomId> rooms = retention.due(before, after, ROOMS);
            rooms.items().forEach(roomId -> purge(roomId, before));
            after = rooms.nextCursor();
        } while (after != null && !Thread.currentThread().isInterrupted());
    }

    private void purge(RoomId roomId, Instant before) {
        Optional<MessageRetention.Part> part = retention.next(roomId, before);
        while (part.isPresent() && !Thread.currentThread().isInterrupted()) {
            List<ChatEvent.Timeline> events = read(roomId, part.get());
            if (!events.isEmpty()) {
                archive.keep(roomId, events);
            }
            if (!retention.purge(roomId, part.get())) {
                return;
            }
            part = retention.next(roomId, before);
        }
    }

    private List<ChatEvent.Timeline> read(RoomId roomId, MessageRetention.Part part) {
        List<ChatEvent.Timeline> events = new ArrayList<>();
        Sequence after = part.after();
        Page<ChatEvent.Timeline, Sequence> page;
        do {
            page = log.events(roomId, after, EVENTS);
            page.items().stream()
                    .filter(event -> !event.seq().isAfter(part.upTo()))
                    .forEach(events::add);
            after = page.nextCursor();
        } while (after != null && part.upTo().isAfter(after));
        return events;
    }
}
