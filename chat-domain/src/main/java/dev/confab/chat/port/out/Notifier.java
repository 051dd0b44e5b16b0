package dev.confab.chat.port.out;

import dev.confab.chat.model.Notification;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hands notifications to whatever reaches people where they are: a host product's own service, a push service. The same
 * notification may be handed over more than once, and is then known by its {@link Notification#id() id}.
 *
 * <p>Safe on any thread. Who makes it closes it.
 */
public interface Notifier {

    /** Drops everything. */
    Notifier NOWHERE = notification -> new Handover.Taken();

    /** Hands a notification over, once. Blocks for a time that the adapter bounds; never throws for what is outside. */
    Handover send(Notification notification);

    /** What became of {@link #send}. */
    sealed interface Handover {

        /** It was taken. */
        record Taken() implements Handover {}

        /**
         * It was not, and may be if it is tried again.
         *
         * @param reason one line for an operator
         * @param pause how long the other side asks to be left alone; null when it does not say
         */
        record NotNow(String reason, @Nullable Duration pause) implements Handover {}

        /**
         * It never will be.
         *
         * @param reason one line for an operator
         */
        record Refused(String reason) implements Handover {}
    }
}
