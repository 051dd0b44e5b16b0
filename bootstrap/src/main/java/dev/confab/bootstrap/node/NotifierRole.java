package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.ConfabConfig;
import dev.confab.bootstrap.webhook.WebhookNotifier;
import dev.confab.bootstrap.webhook.WebhookSettings;
import dev.confab.chat.Chat;
import dev.confab.chat.port.out.ChatRuntime;
import dev.confab.chat.port.out.Notifier;
import dev.confab.chat.port.out.NotifierPorts;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role that tells people of what they have not read. */
interface NotifierRole extends AutoCloseable {

    /** A process without that role. */
    NotifierRole NONE = () -> {};

    static NotifierRole start(
            ConfabConfig config,
            Backends backends,
            Meters meters,
            Clock clock,
            SecureRandom random,
            RandomGenerator ids) {
        Closing closing = new Closing();
        try {
            Threads threads = closing.add(new Threads());
            Notifier notifier = notifier(config, meters, clock, closing);
            closing.add(Chat.startNotifier(
                    new NotifierPorts(
                            new MeteredNotificationBus(backends.notificationBus(), meters.registry()),
                            backends.notifications(),
                            notifier),
                    new ChatRuntime(clock, random, ids, threads.blocking(), threads.timer()),
                    config.notifications()));
            return closing::close;
        } catch (RuntimeException fault) {
            closing.close();
            throw fault;
        }
    }

    private static Notifier notifier(ConfabConfig config, Meters meters, Clock clock, Closing closing) {
        WebhookSettings webhook = config.webhook();
        if (webhook == null) {
            Logger log = LoggerFactory.getLogger(NotifierRole.class);
            log.warn("No CONFAB_WEBHOOK_URL: notifications lie in their topic for those who read it,"
                    + " and are sent nowhere");
            return Notifier.NOWHERE;
        }
        return closing.add(new WebhookNotifier(webhook, clock, meters.registry()));
    }

    /** Finishes what is under way, or leaves it to others; idempotent. */
    @Override
    void close();
}
