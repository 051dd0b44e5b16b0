package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.NotificationStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at messages some time after they were stored: who has not read one by then is to be told of it. Whether somebody
 * is connected does not matter: who is and reads moves the read marker, and who is away does not. What is interrupted is
 * done again and puts the same notifications in line, under the same names.
 */
final class NotifyUnaware implements NotificationBus.Watcher {

    private static final int PAGE = 500;

    private final NotificationBus bus;
    private final NotificationStore store;

    NotifyUnaware(NotificationBus bus, NotificationStore store) {
        this.bus = bus;
        this.store = store;
    }

    @Override
    public void onDue(List<Publication> due) {
        Map<MessageId, TraceId> traces = new LinkedHashMap<>();
        List<Message> messages = new ArrayList<>();
        for (Publication publication : due) {
            // A message that is published again is looked at once.
            if (publication.event() instanceof ChatEvent.MessagePosted(Message message)
                    && message.senderId() != null
                    && traces.put(message.id(), publication.traceId()) == null) {
                messages.add(message);
            }
        }
        if (messages.isEmpty()) {
            return;
        }
        List<Notification> notifications = new ArrayList<>();
        for (NotificationStore.Told told : store.current(messages)) {
            TraceId trace = Objects.requireNonNull(traces.get(told.message().id()));
            collect(told, trace, notifications);
        }
        put(notifications);
    }

    /** Those of a large room go in line as they are found. */
    private void collect(NotificationStore.Told told, TraceId trace, List<Notification> notifications) {
        @Nullable UserId after = null;
        do {
            Page<UserId, UserId> page = store.unaware(told.message(), after, PAGE);
            page.items().forEach(userId -> notifications.add(notification(told, userId, trace)));
            after = page.nextCursor();
            if (notifications.size() >= PAGE) {
                put(notifications);
                notifications.clear();
            }
        } while (after != null);
    }

    private void put(List<Notification> notifications) {
        if (!notifications.isEmpty()) {
            bus.put(List.copyOf(notifications));
        }
    }

    private static Notification notification(NotificationStore.Told told, UserId userId, TraceId trace) {
        Message message = told.message();
        String content = message.content();
        return new Notification(
                userId,
                message.roomId(),
                told.roomName(),
                message.id(),
                message.seq(),
                Objects.requireNonNull(message.senderId()),
                Objects.requireNonNullElse(message.senderName(), ""),
                message.type(),
                message.type() == MessageType.TEXT && content != null ? Notification.previewOf(content) : null,
                message.mentions().contains(userId),
                message.createdAt(),
                trace);
    }
}
