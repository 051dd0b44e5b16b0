package dev.confab.chat.inmemory;

import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.Notification;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The notifications of one node of an {@link InMemoryBroker}. Call-backs run on virtual threads of its own. */
final class InMemoryNotificationBus implements NotificationBus {

    private static final CommandPartition PARTITION = new CommandPartition("notifications", 0);

    private final InMemoryBroker broker;
    private final Runnable checkOpen;
    private final Function<Supplier<Subscription>, Subscription> subscribe;

    /**
     * @param checkOpen throws when the node was closed
     * @param subscribe begins a subscription unless the node was closed, and closes it with the node
     */
    InMemoryNotificationBus(
            InMemoryBroker broker, Runnable checkOpen, Function<Supplier<Subscription>, Subscription> subscribe) {
        this.broker = broker;
        this.checkOpen = checkOpen;
        this.subscribe = subscribe;
    }

    @Override
    public Subscription watch(Duration after, Watcher watcher) {
        return subscribe.apply(() -> broker.dueMessages().work(after, watcher::onDue));
    }

    @Override
    public void put(List<Notification> notifications) {
        checkOpen.run();
        broker.notifications().append(notifications);
    }

    @Override
    public Subscription deliver(Deliverer deliverer) {
        return subscribe.apply(() -> broker.notifications()
                .work(
                        Duration.ZERO,
                        notifications -> deliverer.deliver(notifications).forEach(this::park)));
    }

    private void park(Undelivered undelivered) {
        broker.park(
                new DeadLetter(
                        PARTITION,
                        0,
                        LetterCause.UNDELIVERED,
                        null,
                        null,
                        null,
                        "",
                        undelivered.reason(),
                        undelivered.notification().traceId()),
                undelivered.notification());
    }
}
