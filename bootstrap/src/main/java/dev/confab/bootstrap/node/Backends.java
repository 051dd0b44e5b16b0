package dev.confab.bootstrap.node;

import dev.confab.chat.port.out.CommandBacklog;
import dev.confab.chat.port.out.DeadLetterLog;
import dev.confab.chat.port.out.DeadLetterStates;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.LoginStore;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageRetention;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.NotificationStore;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.Revocations;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.SharedLimits;
import dev.confab.chat.port.out.Signals;
import dev.confab.chat.port.out.UserStore;
import dev.confab.netty.health.HealthCheck;
import java.util.List;

/**
 * The adapters of one process to where everything is kept.
 *
 * @param checks what {@code /health} looks at
 * @param closing closes the adapters, last opened first
 */
public record Backends(
        MessageLog messageLog,
        EventBus eventBus,
        NotificationBus notificationBus,
        RoomStore rooms,
        UserStore users,
        LoginStore logins,
        ReadMarkers readMarkers,
        NotificationStore notifications,
        MessageSearch messageSearch,
        Outbox outbox,
        MessageRetention retention,
        DeadLetterLog deadLetters,
        DeadLetterStates deadLetterStates,
        CommandBacklog backlog,
        Presence presence,
        Signals signals,
        Revocations revocations,
        SharedLimits limits,
        List<HealthCheck> checks,
        Closing closing)
        implements AutoCloseable {

    @Override
    public void close() {
        closing.close();
    }
}
