package dev.confab.chat.port.in;

import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;

/** Chooses of which messages of a room the caller is told while away. Blocks. */
public interface SetNotificationLevel {

    /** The level that holds from now on, until the caller leaves. Refused with ROOM_NOT_FOUND or NOT_A_MEMBER. */
    Result<NotificationLevel> set(UserId caller, RoomId roomId, NotificationLevel level);
}
