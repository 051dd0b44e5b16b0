package dev.confab.chat.port.out;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is there, over all servers (G9). A user may have several connections, on several servers; connections whose
 * server fell silent for 45 s are swept by whichever server sees it first, exactly once.
 *
 * <p>All calls block; safe on any thread. Calls that change something throw {@link PresenceUnavailableException} while
 * the presence store is away; a later {@link #heartbeat} makes up for what they could not say.
 */
public interface Presence extends AutoCloseable {

    /** How long a connection lives without a sign of life. Servers give one every 20 s, by {@link #heartbeat}. */
    Duration SILENCE = Duration.ofSeconds(45);

    /** How long those whose server was closed have to come back elsewhere before they count as gone. */
    Duration RETURN_TIME = Duration.ofSeconds(5);

    /**
     * A connection of a user began. Saying it again changes nothing.
     *
     * @return whether it is the user's only one
     */
    boolean connect(UserId userId, ConnectionId connectionId);

    /**
     * Which of a user's connections, over all servers, are more than there may be: the oldest, by when they were first
     * known. Those that are {@linkplain #closing closing} do not count; those of a server that died count until they are
     * swept.
     *
     * @param most how many there may be, at least 1
     */
    List<ConnectionId> surplus(UserId userId, int most);

    /**
     * A connection was closed, and its user may come back on another one before it counts as ended: it does not count
     * for {@link #surplus} any more, and nothing else changes.
     */
    void closing(UserId userId, ConnectionId connectionId);

    /**
     * A connection ended, and with it its stay in all rooms. Of a connection that is not known (any more) nothing ends:
     * not offline, no rooms.
     */
    Departure disconnect(UserId userId, ConnectionId connectionId);

    /**
     * A connection entered a live room. A connection that is not known (any more) is added. Saying it again changes
     * nothing.
     *
     * @return whether it is the user's only one there
     */
    boolean enter(RoomId roomId, UserId userId, ConnectionId connectionId);

    /**
     * A connection left a live room.
     *
     * @return whether it was the user's last one there; false when it was not there
     */
    boolean leave(RoomId roomId, UserId userId, ConnectionId connectionId);

    /**
     * Says that this server and these connections of it are alive; to be called every 20 s with all connections. What
     * the store does not know (any more) of them is added again; what this server ended by {@link #disconnect} or
     * {@link #leave} stays ended, though the collection was made before. What could not be said about the end of a
     * connection or a stay is said now, and a later {@link #sweep} of this server returns it.
     *
     * @return those whose departure was told by a sweep although they live: they are back, and so told to be there again
     */
    List<Comeback> heartbeat(Collection<Stay> connections);

    /**
     * Somebody who was taken for gone.
     *
     * @param rooms where the user was not live until now, and was before the sweep
     */
    record Comeback(UserId userId, Set<RoomId> rooms) {}

    /**
     * A live connection and the rooms it is in.
     */
    record Stay(UserId userId, ConnectionId connectionId, Set<RoomId> rooms) {}

    /**
     * Takes away connections that fell silent, of any server; each is returned to one caller alone, and to nobody when
     * the answer gets lost. To be called every 5 s by each server.
     */
    List<Departure> sweep();

    /**
     * What ended with a connection.
     *
     * @param offline whether it was the user's last connection
     * @param leftRooms rooms in which it was the user's last connection
     * @param lastSeenAt the last sign of life, by the presence store's clock
     */
    record Departure(UserId userId, boolean offline, Set<RoomId> leftRooms, Instant lastSeenAt) {}

    /**
     * Who is online: one status for each user asked for. Never throws: answers {@link PresenceStatus#UNKNOWN} while the
     * store is away. {@code lastSeenAt} is null for users who are offline: the store forgets who left.
     */
    Map<UserId, PresenceStatus> query(Collection<UserId> userIds);

    /** Who is live in a room. Throws {@link PresenceUnavailableException} while the store is away. */
    Set<UserId> inRoom(RoomId roomId);

    /**
     * Asks whether it answers. Blocks for at most 2 s.
     *
     * @throws PresenceUnavailableException when the store does not answer within 2 s
     */
    void check();

    /**
     * Ends all connections of this server, as far as the store answers, and lets go of everything. Who has not come back
     * within {@link #RETURN_TIME} is returned by a sweep of another server. Afterwards the calls that change something
     * throw, and everybody is UNKNOWN. Blocks for at most 2 s; idempotent.
     */
    @Override
    void close();
}
