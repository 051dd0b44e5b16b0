package dev.confab.chat.port.in;

import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens a room. Blocks. */
public interface CreateRoom {

    /** Makes a GROUP room with the creator as its OWNER. Refused with VALIDATION or USER_NOT_FOUND. */
    Result<Room> create(NewRoom room);

    /**
     * What to make.
     *
     * @param name 1 to 100 code points
     * @param memberIds members from the start, at most 1,000; the creator need not be among them
     * @param capacity 1 to 100,000; null: no limit
     */
    record NewRoom(
            UserId creator,
            @Nullable String name,
            Visibility visibility,
            List<UserId> memberIds,
            @Nullable Integer capacity,
            Map<String, @Nullable Object> metadata) {

        /** A public room without a limit. */
        public static NewRoom open(UserId creator, String name, UserId... members) {
            return new NewRoom(creator, name, Visibility.PUBLIC, List.of(members), null, Map.of());
        }
    }
}
