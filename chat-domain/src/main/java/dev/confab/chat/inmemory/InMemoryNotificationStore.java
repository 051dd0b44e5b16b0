package dev.confab.chat.inmemory;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.NotificationStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Levels and what was not read, in memory. Calls never throw. */
final class InMemoryNotificationStore implements NotificationStore {

    /** As a database orders them: by their bytes, or their text. */
    private static final Comparator<UserId> ORDER = Comparator.comparing(UserId::toString);

    private final InMemoryDatabase database;

    InMemoryNotificationStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public boolean setLevel(RoomId roomId, UserId userId, NotificationLevel level) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(roomId);
            InMemoryMember member = room == null ? null : room.member(userId);
            if (room == null || member == null) {
                return false;
            }
            room.members().put(userId, member.withLevel(level));
            return true;
        });
    }

    @Override
    public List<Told> current(Collection<Message> messages) {
        return database.transaction(tables -> {
            List<Told> told = new ArrayList<>();
            for (Message message : messages) {
                InMemoryRoom room = tables.rooms.get(message.roomId());
                InMemoryRoom.Stored stored = room == null ? null : room.find(message.id());
                if (room != null
                        && stored != null
                        && stored.message().senderId() != null
                        && stored.message().deletedAt() == null) {
                    told.add(new Told(
                            tables.named(stored.message()), room.view(null).name()));
                }
            }
            return List.copyOf(told);
        });
    }

    @Override
    public Page<UserId, UserId> unaware(Message message, @Nullable UserId after, int limit) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(message.roomId());
            List<UserId> unaware = room == null
                    ? List.of()
                    : room.members().values().stream()
                            .filter(member -> isUnaware(member, message))
                            .map(InMemoryMember::userId)
                            .filter(user -> after == null || ORDER.compare(user, after) > 0)
                            .sorted(ORDER)
                            .limit(limit + 1L)
                            .toList();
            return Page.of(unaware, limit, Function.identity());
        });
    }

    private static boolean isUnaware(InMemoryMember member, Message message) {
        boolean wanted = switch (member.level()) {
            case ALL -> true;
            case MENTIONS -> message.mentions().contains(member.userId());
            case NONE -> false;
        };
        return wanted
                && message.seq().isAfter(member.readSeq())
                && !member.userId().equals(message.senderId());
    }
}
