package dev.confab.kafka;

import dev.confab.chat.model.Notification;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Notifications on Kafka: watchers are the group {@code chat-notifier} on {@code chat.messages.persisted.v1}, deliverers
 * the group {@code chat-notification-sender} on {@code chat.notifications.v1}. Safe on any thread.
 */
final class KafkaNotificationBus implements NotificationBus {

    private final KafkaSettings settings;
    private final Clock clock;
    private final PublicationSender sender;
    private final Function<Supplier<Subscription>, Subscription> subscribe;

    /** @param subscribe begins a subscription unless the bus was closed, and closes it with the bus */
    KafkaNotificationBus(
            KafkaSettings settings,
            Clock clock,
            PublicationSender sender,
            Function<Supplier<Subscription>, Subscription> subscribe) {
        this.settings = settings;
        this.clock = clock;
        this.sender = sender;
        this.subscribe = subscribe;
    }

    @Override
    public Subscription watch(Duration after, Watcher watcher) {
        return work(new WorkGroup(
                "due-messages",
                Topic.PUBLICATIONS,
                ClientConfigs.dueMessageConsumer(settings),
                partition -> new DueMessages(after, clock, watcher),
                () -> clock.instant().minus(after).minus(FIRST_LOOK_BACK)));
    }

    @Override
    public void put(List<Notification> notifications) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(notifications.size());
        for (Notification notification : notifications) {
            records.add(Records.of(
                    Topic.NOTIFICATIONS.name(settings), Topic.NOTIFICATIONS.partitions(settings), notification));
        }
        sender.sendAll(records);
    }

    @Override
    public Subscription deliver(Deliverer deliverer) {
        return work(new WorkGroup(
                "notifications",
                Topic.NOTIFICATIONS,
                ClientConfigs.notificationConsumer(settings),
                partition -> new NotificationWork(deliverer, sender::park),
                () -> clock.instant().minus(FIRST_LOOK_BACK)));
    }

    private Subscription work(WorkGroup group) {
        return subscribe.apply(() -> {
            GroupWorker worker = new GroupWorker(settings, group);
            worker.start();
            return worker;
        });
    }
}
