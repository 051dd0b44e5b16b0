package dev.confab.chat.port.out;

import dev.confab.chat.model.Notification;
import dev.confab.chat.model.Publication;
import java.time.Duration;
import java.util.List;

/**
 * Brings published messages to those who look whom to tell, once their time has come, and notifications to those who
 * deliver them. Both are shared among all nodes, and handed over at least once: what a node was working on when it ended
 * is handed to another.
 *
 * <p>Safe on any thread. Who makes it closes it, which ends its subscriptions.
 */
public interface NotificationBus {

    /**
     * How far back those begin who were never there before: what is older is told to nobody, so that a first start does
     * not tell of all that lies there.
     */
    Duration FIRST_LOOK_BACK = Duration.ofHours(1);

    /**
     * Begins to watch for messages, as one of any number of watchers that share them. Each is handed over once
     * {@code after} has passed since it was published; those of a room in their order.
     *
     * @param after the same for all watchers
     * @throws BusUnavailableException when the bus was closed
     */
    Subscription watch(Duration after, Watcher watcher);

    /** Looks at messages whose time has come. Rooms run in parallel, one room never. */
    interface Watcher {

        /**
         * Does all there is to do about some publications, whatever they tell of. May block.
         *
         * @param due at most 1,000
         * @throws RuntimeException when they must be handed over again; the bus waits a little (at most 5 s) before it
         *     does
         */
        void onDue(List<Publication> due);
    }

    /**
     * Puts notifications in line, those of a user in the given order, and returns once all are held durably. Blocks.
     *
     * @throws BusUnavailableException when some may not have been; put all of them again
     */
    void put(List<Notification> notifications);

    /**
     * Begins to deliver, as one of any number of deliverers that share the notifications.
     *
     * @throws BusUnavailableException when the bus was closed
     */
    Subscription deliver(Deliverer deliverer);

    /** Delivers notifications. Users run in parallel, one user never. */
    interface Deliverer {

        /**
         * Delivers some notifications, or gives them up. May block.
         *
         * @param notifications those of a user in their order
         * @return those that were given up; the bus puts them out of the way, durably (G11)
         * @throws RuntimeException when they must be handed over again; the bus waits a little (at most 5 s) before it
         *     does
         */
        List<Undelivered> deliver(List<Notification> notifications);
    }

    /**
     * A notification that was given up.
     *
     * @param notification the very one that was handed over
     * @param reason one line for an operator
     */
    record Undelivered(Notification notification, String reason) {}
}
