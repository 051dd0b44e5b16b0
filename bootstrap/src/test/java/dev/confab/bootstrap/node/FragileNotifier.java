package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.Backend;
import dev.confab.bootstrap.config.ConfabConfig;
import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.bootstrap.webhook.WebhookNotifier;
import dev.confab.chat.Chat;
import dev.confab.chat.model.Notification;
import dev.confab.chat.port.out.ChatRuntime;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.Notifier;
import dev.confab.chat.port.out.NotifierPorts;
import dev.confab.chat.port.out.Subscription;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A notifier process that dies, as by kill -9, at one point of the path of a notification. Arguments: the point, and how
 * many notifications pass it before.
 */
public final class FragileNotifier {

    private final Point point;
    private final AtomicInteger left;

    private FragileNotifier(Point point, int left) {
        this.point = point;
        this.left = new AtomicInteger(left);
    }

    /** Where it dies. */
    public enum Point {
        /** Found who is to be told, nothing in line. */
        BEFORE_PUT,
        /** In line, and the position of the messages not committed. */
        AFTER_PUT,
        /** Taken from the line, not sent. */
        BEFORE_SEND,
        /** Sent, and the position in the line not committed. */
        AFTER_SEND
    }

    /** Starts it. */
    public static void main(String[] args) throws InterruptedException {
        FragileNotifier fragile = new FragileNotifier(Point.valueOf(args[0]), Integer.parseInt(args[1]));
        ConfabConfig config = new ConfigReader(
                        System.getenv(),
                        "fragile-notifier-" + ProcessHandle.current().pid())
                .read(Map.of("CONFAB_ROLES", "notifier"));
        SecureRandom random = new SecureRandom();
        Backends backends = ExternalBackends.open(
                (Backend.External) config.backend(), config.serverId(), Clock.systemUTC(), random);
        Threads threads = new Threads();
        WebhookNotifier webhook = new WebhookNotifier(
                Objects.requireNonNull(config.webhook()), Clock.systemUTC(), new SimpleMeterRegistry());
        Subscription unused = Chat.startNotifier(
                new NotifierPorts(
                        fragile.new Bus(backends.notificationBus()),
                        backends.notifications(),
                        fragile.sending(webhook)),
                new ChatRuntime(Clock.systemUTC(), random, random, threads.blocking(), threads.timer()),
                config.notifications());
        System.out.println("The fragile notifier is ready");
        new CountDownLatch(1).await();
    }

    private void pass(Point here, int notifications) {
        if (here == point && left.addAndGet(-notifications) < 0) {
            // No shutdown hook, no flush, no goodbye: what kill -9 leaves behind.
            Runtime.getRuntime().halt(137);
        }
    }

    private Notifier sending(Notifier notifier) {
        return notification -> {
            pass(Point.BEFORE_SEND, 1);
            Notifier.Handover handover = notifier.send(notification);
            pass(Point.AFTER_SEND, 1);
            return handover;
        };
    }

    private final class Bus implements NotificationBus {
        private final NotificationBus bus;

        Bus(NotificationBus bus) {
            this.bus = bus;
        }

        @Override
        public Subscription watch(Duration after, Watcher watcher) {
            return bus.watch(after, watcher);
        }

        @Override
        public void put(List<Notification> notifications) {
            pass(Point.BEFORE_PUT, notifications.size());
            bus.put(notifications);
            pass(Point.AFTER_PUT, notifications.size());
        }

        @Override
        public Subscription deliver(Deliverer deliverer) {
            return bus.deliver(deliverer);
        }
    }
}
