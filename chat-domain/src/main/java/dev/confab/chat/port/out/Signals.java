package dev.confab.chat.port.out;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import java.util.function.Consumer;

/**
 * What servers tell each other quickly and at most once. Losing any of it breaks no guarantee. No call blocks or throws;
 * safe on any thread.
 */
public interface Signals extends AutoCloseable {

    /** Tells every server that follows the signal's room, this one included. Dropped while the carrier is away. */
    void send(Signal signal);

    /** Who hears the signals of the rooms that this server follows. One listener; on a thread of the adapter. */
    void onSignal(Consumer<Signal> listener);

    /** Begins to follow a room; takes effect soon, and survives an outage of the carrier. */
    void follow(RoomId roomId);

    /** Stops following a room. */
    void unfollow(RoomId roomId);

    @Override
    void close();
}
