package dev.confab.chat.port.out;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import java.util.function.Consumer;

/**
 * What servers tell each other quickly and at most once. Losing any of it breaks no guarantee. No call blocks or throws;
 * safe on any thread.
 */
public interface Signals extends AutoCloseable {

    /**
     * Tells every server that follows the signal's room, or every server where it is about none, this one included. What
     * one server sends to one room and is heard at all is heard in the order of sending. Dropped while the carrier is
     * away.
     */
    void send(Signal signal);

    /**
     * Who hears the signals that are for this server. One listener: a later one takes the place of the
     * first. Called by one thread of the adapter at a time; must not block for long.
     */
    void onSignal(Consumer<Signal> listener);

    /** Begins to follow a room; takes effect soon, and survives an outage of the carrier. */
    void follow(RoomId roomId);

    /** Stops following a room; takes effect soon. */
    void unfollow(RoomId roomId);

    /** Lets go of everything; afterwards nothing is sent or heard. Blocks for at most 2 s; idempotent. */
    @Override
    void close();
}
