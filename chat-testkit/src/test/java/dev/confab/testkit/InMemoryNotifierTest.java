package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryNotifier;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.NotificationId;
import dev.confab.chat.port.out.Notifier;
import java.util.List;

final class InMemoryNotifierTest implements NotifierContract {

    private final InMemoryNotifier notifier = new InMemoryNotifier();

    @Override
    public Notifier notifier() {
        return notifier;
    }

    @Override
    public List<NotificationId> taken() {
        return notifier.taken().stream().map(Notification::id).toList();
    }
}
