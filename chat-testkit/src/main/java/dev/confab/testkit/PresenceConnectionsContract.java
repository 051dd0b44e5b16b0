package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.PresenceStatus.State;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.Presence.Departure;
import dev.confab.chat.port.out.Presence.Stay;
import dev.confab.chat.port.out.PresenceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Users, their devices and the rooms they are in. */
interface PresenceConnectionsContract extends PresenceScene {

    @Test
    default void nobodyIsOnlineWhoNeverConnected() {
        Presence presence = startServer();
        assertThat(presence.query(List.of(KIM, LEE)).keySet()).containsExactlyInAnyOrder(KIM, LEE);
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.OFFLINE);
        assertThat(PresenceScene.statusOf(presence, KIM).lastSeenAt()).isNull();
        assertThat(presence.query(List.of())).isEmpty();
    }

    @Test
    default void firstConnectionBringsAUserOnline() {
        Presence presence = startServer();
        assertThat(presence.connect(KIM, ConnectionId.random())).isTrue();
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.ONLINE);
        assertThat(PresenceScene.statusOf(presence, KIM).lastSeenAt()).isNotNull();
        assertThat(PresenceScene.stateOf(presence, LEE)).isEqualTo(State.OFFLINE);
    }

    @Test
    default void connectionSaidTwiceIsStillTheOnlyOne() {
        Presence presence = startServer();
        ConnectionId phone = ConnectionId.random();
        assertThat(presence.connect(KIM, phone)).isTrue();
        assertThat(presence.connect(KIM, phone)).isTrue();
        assertThat(presence.disconnect(KIM, phone).offline()).isTrue();
    }

    @Test
    default void userWithTwoDevicesIsOnlineUntilTheLastOneGoes() {
        Presence presence = startServer();
        ConnectionId phone = ConnectionId.random();
        ConnectionId laptop = ConnectionId.random();
        assertThat(presence.connect(KIM, phone)).isTrue();
        assertThat(presence.connect(KIM, laptop)).isFalse();
        assertThat(presence.disconnect(KIM, phone).offline()).isFalse();
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.ONLINE);
        Departure last = presence.disconnect(KIM, laptop);
        assertThat(last.userId()).isEqualTo(KIM);
        assertThat(last.offline()).isTrue();
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.OFFLINE);
    }

    @Test
    default void endOfAnUnknownConnectionEndsNothing() {
        Presence presence = startServer();
        ConnectionId phone = ConnectionId.random();
        assertThat(presence.disconnect(KIM, phone).offline()).isFalse();
        presence.connect(KIM, phone);
        presence.enter(LOBBY, KIM, phone);
        assertThat(presence.disconnect(KIM, phone).leftRooms()).containsExactly(LOBBY);
        Departure again = presence.disconnect(KIM, phone);
        assertThat(again.offline()).isFalse();
        assertThat(again.leftRooms()).isEmpty();
    }

    @Test
    default void roomHoldsAUserUntilTheLastDeviceLeavesIt() {
        Presence presence = startServer();
        ConnectionId phone = ConnectionId.random();
        ConnectionId laptop = ConnectionId.random();
        presence.connect(KIM, phone);
        presence.connect(KIM, laptop);
        assertThat(presence.enter(LOBBY, KIM, phone)).isTrue();
        assertThat(presence.enter(LOBBY, KIM, phone)).isTrue();
        assertThat(presence.enter(LOBBY, KIM, laptop)).isFalse();
        assertThat(presence.inRoom(LOBBY)).containsExactly(KIM);
        assertThat(presence.leave(LOBBY, KIM, phone)).isFalse();
        assertThat(presence.inRoom(LOBBY)).containsExactly(KIM);
        assertThat(presence.leave(LOBBY, KIM, laptop)).isTrue();
        assertThat(presence.leave(LOBBY, KIM, laptop)).isFalse();
        assertThat(presence.inRoom(LOBBY)).isEmpty();
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.ONLINE);
    }

    @Test
    default void roomTellsWhoIsInIt() {
        Presence presence = startServer();
        ConnectionId kims = ConnectionId.random();
        ConnectionId lees = ConnectionId.random();
        presence.connect(KIM, kims);
        presence.connect(LEE, lees);
        presence.enter(LOBBY, KIM, kims);
        presence.enter(LOBBY, LEE, lees);
        presence.enter(GARDEN, LEE, lees);
        assertThat(presence.inRoom(LOBBY)).containsExactlyInAnyOrder(KIM, LEE);
        assertThat(presence.inRoom(GARDEN)).containsExactly(LEE);
        assertThat(presence.inRoom(RoomId.random())).isEmpty();
    }

    @Test
    default void endOfAConnectionEndsItsStayInAllRooms() {
        Presence presence = startServer();
        ConnectionId phone = ConnectionId.random();
        ConnectionId laptop = ConnectionId.random();
        presence.connect(KIM, phone);
        presence.connect(KIM, laptop);
        presence.enter(LOBBY, KIM, phone);
        presence.enter(GARDEN, KIM, phone);
        presence.enter(GARDEN, KIM, laptop);
        assertThat(presence.disconnect(KIM, phone).leftRooms()).containsExactly(LOBBY);
        assertThat(presence.inRoom(LOBBY)).isEmpty();
        assertThat(presence.disconnect(KIM, laptop).leftRooms()).containsExactly(GARDEN);
        assertThat(presence.inRoom(GARDEN)).isEmpty();
    }

    @Test
    default void reloadWhoseNewConnectionComesFirstEndsNothing() {
        Presence presence = startServer();
        ConnectionId before = ConnectionId.random();
        ConnectionId after = ConnectionId.random();
        presence.connect(KIM, before);
        presence.enter(LOBBY, KIM, before);
        presence.connect(KIM, after);
        presence.enter(LOBBY, KIM, after);
        Departure departure = presence.disconnect(KIM, before);
        assertThat(departure.offline()).isFalse();
        assertThat(departure.leftRooms()).isEmpty();
    }

    @Test
    default void ofTwentyDevicesAtOnceOneIsFirstAndOneIsLast() {
        Presence presence = startServer();
        List<ConnectionId> devices = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            devices.add(ConnectionId.random());
        }
        assertThat(AtOnce.call(devices, device -> presence.connect(KIM, device)))
                .containsOnlyOnce(true);
        assertThat(AtOnce.call(devices, device -> presence.enter(LOBBY, KIM, device)))
                .containsOnlyOnce(true);
        assertThat(AtOnce.call(devices, device -> presence.leave(LOBBY, KIM, device)))
                .containsOnlyOnce(true);
        assertThat(AtOnce.call(
                        devices, device -> presence.disconnect(KIM, device).offline()))
                .containsOnlyOnce(true);
    }

    @Test
    default void theOldestConnectionsAreTheSurplusAndTheClosingOnesDoNotCount() {
        Presence presence = startServer();
        Presence other = startServer();
        List<ConnectionId> devices = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ConnectionId device = ConnectionId.random();
            devices.add(device);
            (i % 2 == 0 ? presence : other).connect(KIM, device);
            letTimePass(Duration.ofMillis(10));
        }
        presence.connect(LEE, ConnectionId.random());
        presence.heartbeat(List.of(new Stay(KIM, devices.getFirst(), Set.of())));

        assertThat(presence.surplus(KIM, 5)).isEmpty();
        assertThat(presence.surplus(KIM, 3)).containsExactly(devices.get(0), devices.get(1));
        assertThat(other.surplus(KIM, 4)).containsExactly(devices.getFirst());
        assertThat(presence.surplus(LEE, 1)).isEmpty();

        presence.closing(KIM, devices.get(2));
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.ONLINE);
        assertThat(presence.surplus(KIM, 4)).isEmpty();
        assertThat(presence.surplus(KIM, 3)).containsExactly(devices.getFirst());
        presence.disconnect(KIM, devices.getFirst());
        assertThat(presence.surplus(KIM, 3)).isEmpty();
        assertThat(presence.surplus(KIM, 2)).containsExactly(devices.get(1));
    }

    @Test
    default void closedPresenceKnowsNothingAndChangesNothing() {
        Presence presence = startServer();
        presence.check();
        presence.connect(KIM, ConnectionId.random());
        presence.close();
        presence.close();
        assertThat(presence.query(List.of(KIM))).containsEntry(KIM, PresenceStatus.UNKNOWN);
        List<Callable<?>> changes = List.of(
                () -> presence.connect(KIM, ConnectionId.random()),
                () -> presence.disconnect(KIM, ConnectionId.random()),
                () -> presence.enter(LOBBY, KIM, ConnectionId.random()),
                () -> presence.leave(LOBBY, KIM, ConnectionId.random()),
                presence::sweep,
                () -> presence.surplus(KIM, 1),
                () -> presence.inRoom(LOBBY));
        for (Callable<?> change : changes) {
            assertThatThrownBy(change::call).isInstanceOf(PresenceUnavailableException.class);
        }
        assertThatThrownBy(() -> presence.heartbeat(List.of())).isInstanceOf(PresenceUnavailableException.class);
        assertThatThrownBy(presence::check).isInstanceOf(PresenceUnavailableException.class);
    }
}
