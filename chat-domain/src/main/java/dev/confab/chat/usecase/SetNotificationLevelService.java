package dev.confab.chat.usecase;

import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.SetNotificationLevel;
import dev.confab.chat.port.out.NotificationStore;
import dev.confab.chat.port.out.RoomStore;

/** Writes the level down for members. */
final class SetNotificationLevelService implements SetNotificationLevel {

    private final NotificationStore notifications;
    private final RoomAccess access;

    SetNotificationLevelService(NotificationStore notifications, RoomStore rooms) {
        this.notifications = notifications;
        this.access = new RoomAccess(rooms);
    }

    @Override
    public Result<NotificationLevel> set(UserId caller, RoomId roomId, NotificationLevel level) {
        return notifications.setLevel(roomId, caller, level)
                ? Result.ok(level)
                : Result.refused(access.refusalForOutsider(caller, roomId));
    }
}
