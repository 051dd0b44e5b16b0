package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens a room. Blocks. */
public interface CreateRoom {

    /**
     * Makes a room with the creator as its OWNER. A DIRECT room has no OWNER, and there is one for each pair: making it
     * again finds it, and lets the creator back in. Refused with VALIDATION or USER_NOT_FOUND.
     */
    Result<Opened> create(NewRoom room);

    /**
     * A room, new or old.
     *
     * @param created false for a DIRECT room that was there before
     */
    record Opened(Room room, boolean created) {}

    /**
     * What to make.
     *
     * @param name 1 to 100 code points; null for DIRECT
     * @param visibility null: PUBLIC for GROUP, PRIVATE for the others; DIRECT is never PUBLIC
     * @param memberIds members from the start, at most 1,000; the creator need not be among them. For DIRECT exactly
     *     one other
     * @param bookingId 1 to 100 code points, for BOOKING alone
     * @param capacity 1 to 100,000; null: no limit; not for DIRECT
     */
    record NewRoom(
            UserId creator,
            @Nullable String name,
            RoomType type,
            @Nullable Visibility visibility,
            List<UserId> memberIds,
            @Nullable String bookingId,
            @Nullable Integer capacity,
            Map<String, @Nullable Object> metadata) {

        /** A GROUP. */
        public NewRoom(
                UserId creator,
                @Nullable String name,
                Visibility visibility,
                List<UserId> memberIds,
                @Nullable Integer capacity,
                Map<String, @Nullable Object> metadata) {
            this(creator, name, RoomType.GROUP, visibility, memberIds, null, capacity, metadata);
        }

        /** A public room without a limit. */
        public static NewRoom open(UserId creator, String name, UserId... members) {
            return new NewRoom(creator, name, Visibility.PUBLIC, List.of(members), null, Map.of());
        }

        /** A room for two. */
        public static NewRoom direct(UserId creator, UserId other) {
            return new NewRoom(creator, null, RoomType.DIRECT, null, List.of(other), null, null, Map.of());
        }
    }
}
