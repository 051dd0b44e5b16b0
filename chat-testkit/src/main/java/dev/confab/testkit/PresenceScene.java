package dev.confab.testkit;

import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.PresenceStatus.State;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import java.time.Duration;
import java.util.List;

/** Where the contracts of presence take place: two users, two rooms, servers and a clock. */
interface PresenceScene {

    Duration SHORT_OF_SILENCE = Presence.SILENCE.minusSeconds(5);

    UserId KIM = UserId.random();
    UserId LEE = UserId.random();
    RoomId LOBBY = RoomId.random();
    RoomId GARDEN = RoomId.random();

    /** Starts one more server on the store of this test, which is empty at first. */
    Presence startServer();

    /** Moves the clock of the store ahead, for all servers. */
    void letTimePass(Duration time);

    /** Whether somebody is online, as {@code server} sees it. */
    static State stateOf(Presence server, UserId userId) {
        return statusOf(server, userId).state();
    }

    /** The status of somebody, as {@code server} sees it. */
    static PresenceStatus statusOf(Presence server, UserId userId) {
        PresenceStatus status = server.query(List.of(userId)).get(userId);
        if (status == null) {
            throw new AssertionError("no status of " + userId);
        }
        return status;
    }
}
