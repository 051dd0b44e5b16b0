package dev.confab.bootstrap.node;

import dev.confab.chat.model.Notification;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.Subscription;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

/** Counts the notifications that pass. Safe on any thread. */
final class MeteredNotificationBus implements NotificationBus {

    private final NotificationBus bus;
    private final Counter due;
    private final Counter delivered;
    private final Counter parked;

    MeteredNotificationBus(NotificationBus bus, MeterRegistry meters) {
        this.bus = bus;
        this.due = Counter.builder("confab.notifications.due")
                .description("Notifications put in line, repeats too")
                .register(meters);
        this.delivered = Counter.builder("confab.notifications.delivered")
                .description("Notifications handed over")
                .register(meters);
        this.parked = Counter.builder("confab.notifications.parked")
                .description("Notifications given up and put into the dead-letter log")
                .register(meters);
    }

    @Override
    public Subscription watch(Duration after, Watcher watcher) {
        return bus.watch(after, watcher);
    }

    @Override
    public void put(List<Notification> notifications) {
        bus.put(notifications);
        due.increment(notifications.size());
    }

    @Override
    public Subscription deliver(Deliverer deliverer) {
        return bus.deliver(notifications -> {
            List<Undelivered> givenUp = deliverer.deliver(notifications);
            delivered.increment(notifications.size() - givenUp.size());
            parked.increment(givenUp.size());
            return givenUp;
        });
    }
}
