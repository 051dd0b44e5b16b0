package dev.confab.chat.inmemory;

import dev.confab.chat.model.Marking;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.ReadBy;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.ReadMarkers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Read markers in memory. Calls never throw. */
final class InMemoryReadMarkers implements ReadMarkers {

    /** As a database orders them: by their bytes, or their text. */
    private static final Comparator<UserId> ORDER = Comparator.comparing(UserId::toString);

    private final InMemoryDatabase database;

    InMemoryReadMarkers(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Marking mark(RoomId roomId, UserId userId, MessageId messageId, Instant now) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(roomId);
            InMemoryMember before = room == null ? null : room.member(userId);
            if (room == null || before == null) {
                return new Marking.NotAMember();
            }
            InMemoryRoom.Stored message = room.find(messageId);
            if (message == null) {
                return new Marking.MessageNotFound();
            }
            boolean moved = room.read(before, message, now);
            InMemoryMember after = moved ? before.reading(message, now) : before;
            return new Marking.Marked(moved, after.readId(), after.readSeq(), after.readAt(), room.unread(after));
        });
    }

    @Override
    public Page<ReadBy, UserId> readers(Message message, @Nullable UserId after, int limit) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(message.roomId());
            List<ReadBy> readers = room == null
                    ? List.of()
                    : room.members().values().stream()
                            .filter(member -> !member.userId().equals(message.senderId())
                                    && !message.seq().isAfter(member.readSeq())
                                    && (after == null || ORDER.compare(member.userId(), after) > 0))
                            .map(member -> new ReadBy(member.userId(), member.readAt()))
                            .sorted(Comparator.comparing(ReadBy::userId, ORDER))
                            .limit(limit + 1L)
                            .toList();
            return Page.of(readers, limit, ReadBy::userId);
        });
    }

    @Override
    public List<Unread> unread(UserId userId) {
        return database.transaction(tables -> {
            List<Unread> unread = new ArrayList<>();
            for (RoomId roomId : tables.roomsOf.getOrDefault(userId, Set.of())) {
                InMemoryRoom room = tables.rooms.get(roomId);
                InMemoryMember member = room == null ? null : room.member(userId);
                if (room != null && member != null) {
                    unread.add(new Unread(roomId, room.unread(member)));
                }
            }
            return List.copyOf(unread);
        });
    }
}
