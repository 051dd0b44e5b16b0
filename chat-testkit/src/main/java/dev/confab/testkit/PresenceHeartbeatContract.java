package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.PresenceStatus.State;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.Presence.Departure;
import dev.confab.chat.port.out.Presence.Stay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signs of life, and what their lack means. */
interface PresenceHeartbeatContract extends PresenceScene {

    @Test
    default void silentConnectionIsOfflineAndSweptOnce() {
        Presence presence = startServer();
        ConnectionId phone = ConnectionId.random();
        presence.connect(KIM, phone);
        presence.enter(LOBBY, KIM, phone);
        PresenceStatus alive = PresenceScene.statusOf(presence, KIM);
        letTimePass(SHORT_OF_SILENCE);
        assertThat(presence.sweep()).isEmpty();
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.ONLINE);
        letTimePass(Duration.ofSeconds(6));
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.OFFLINE);
        assertThat(presence.sweep()).singleElement().satisfies(departure -> {
            assertThat(departure.userId()).isEqualTo(KIM);
            assertThat(departure.offline()).isTrue();
            assertThat(departure.leftRooms()).containsExactly(LOBBY);
            assertThat(departure.lastSeenAt()).isEqualTo(alive.lastSeenAt());
        });
        assertThat(presence.sweep()).isEmpty();
        assertThat(presence.inRoom(LOBBY)).isEmpty();
        assertThat(presence.disconnect(KIM, phone).offline()).isFalse();
    }

    @Test
    default void heartbeatKeepsAliveWhomItNamesAloneOnly() {
        Presence presence = startServer();
        ConnectionId kims = ConnectionId.random();
        presence.connect(KIM, kims);
        presence.connect(LEE, ConnectionId.random());
        letTimePass(SHORT_OF_SILENCE);
        presence.heartbeat(List.of(new Stay(KIM, kims, Set.of())));
        letTimePass(SHORT_OF_SILENCE);
        assertThat(presence.sweep()).extracting(Departure::userId).containsExactly(LEE);
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.ONLINE);
        presence.heartbeat(List.of());
        letTimePass(SHORT_OF_SILENCE);
        assertThat(presence.sweep()).extracting(Departure::userId).containsExactly(KIM);
    }

    @Test
    default void heartbeatAddsWhatIsNotKnown() {
        Presence presence = startServer();
        ConnectionId phone = ConnectionId.random();
        assertThat(presence.heartbeat(List.of(new Stay(KIM, phone, Set.of(LOBBY, GARDEN)))))
                .as("nobody was told that they had gone")
                .isEmpty();
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.ONLINE);
        assertThat(presence.inRoom(GARDEN)).containsExactly(KIM);
        assertThat(presence.disconnect(KIM, phone).leftRooms()).containsExactlyInAnyOrder(LOBBY, GARDEN);
    }

    @Test
    default void enteringAddsAConnectionThatIsNotKnown() {
        Presence presence = startServer();
        assertThat(presence.enter(LOBBY, KIM, ConnectionId.random())).isTrue();
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.ONLINE);
    }

    @Test
    default void heartbeatMadeBeforeAnEndDoesNotBringItBack() {
        Presence presence = startServer();
        ConnectionId phone = ConnectionId.random();
        ConnectionId laptop = ConnectionId.random();
        presence.connect(KIM, phone);
        presence.connect(LEE, laptop);
        presence.enter(LOBBY, LEE, laptop);
        List<Stay> before = List.of(new Stay(KIM, phone, Set.of(LOBBY)), new Stay(LEE, laptop, Set.of(LOBBY)));
        presence.disconnect(KIM, phone);
        presence.leave(LOBBY, LEE, laptop);
        presence.heartbeat(before);
        assertThat(PresenceScene.stateOf(presence, KIM)).isEqualTo(State.OFFLINE);
        assertThat(PresenceScene.stateOf(presence, LEE)).isEqualTo(State.ONLINE);
        assertThat(presence.inRoom(LOBBY)).isEmpty();
        presence.enter(LOBBY, LEE, laptop);
        presence.heartbeat(before);
        assertThat(presence.inRoom(LOBBY)).containsExactly(LEE);
    }

    @Test
    default void oneHeartbeatCarriesThousandsOfConnections() {
        Presence presence = startServer();
        List<Stay> stays = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            stays.add(new Stay(UserId.random(), ConnectionId.random(), Set.of(LOBBY, GARDEN, RoomId.random())));
        }
        presence.heartbeat(stays);
        assertThat(presence.inRoom(LOBBY)).hasSize(2_500);
        letTimePass(SHORT_OF_SILENCE);
        presence.heartbeat(stays);
        letTimePass(SHORT_OF_SILENCE);
        assertThat(presence.sweep()).isEmpty();
        letTimePass(Duration.ofSeconds(6));
        assertThat(presence.sweep()).hasSize(2_500).allMatch(Departure::offline);
        assertThat(presence.inRoom(LOBBY)).isEmpty();
    }
}
