package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus.State;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.Presence.Departure;
import dev.confab.chat.port.out.Presence.Stay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several servers on one store. */
interface PresenceServersContract extends PresenceScene {

    @Test
    default void userIsOnlineOnAllServersUntilTheLastDeviceOnAnyGoes() {
        Presence one = startServer();
        Presence two = startServer();
        ConnectionId phone = ConnectionId.random();
        ConnectionId laptop = ConnectionId.random();
        assertThat(one.connect(KIM, phone)).isTrue();
        assertThat(PresenceScene.stateOf(two, KIM)).isEqualTo(State.ONLINE);
        assertThat(two.connect(KIM, laptop)).isFalse();
        one.enter(LOBBY, KIM, phone);
        assertThat(two.enter(LOBBY, KIM, laptop)).isFalse();
        assertThat(one.disconnect(KIM, phone).offline()).isFalse();
        assertThat(PresenceScene.stateOf(one, KIM)).isEqualTo(State.ONLINE);
        Departure last = two.disconnect(KIM, laptop);
        assertThat(last.offline()).isTrue();
        assertThat(last.leftRooms()).containsExactly(LOBBY);
        assertThat(PresenceScene.stateOf(one, KIM)).isEqualTo(State.OFFLINE);
    }

    @Test
    default void deadServerIsSweptByAnother() {
        Presence dead = startServer();
        Presence alive = startServer();
        ConnectionId kims = ConnectionId.random();
        ConnectionId lees = ConnectionId.random();
        dead.connect(KIM, kims);
        dead.enter(LOBBY, KIM, kims);
        alive.connect(LEE, lees);
        letTimePass(SHORT_OF_SILENCE);
        alive.heartbeat(List.of(new Stay(LEE, lees, Set.of())));
        letTimePass(Duration.ofSeconds(6));
        assertThat(alive.sweep()).singleElement().satisfies(departure -> {
            assertThat(departure.userId()).isEqualTo(KIM);
            assertThat(departure.offline()).isTrue();
            assertThat(departure.leftRooms()).containsExactly(LOBBY);
        });
        assertThat(PresenceScene.stateOf(alive, LEE)).isEqualTo(State.ONLINE);
    }

    @Test
    default void eachDepartureGoesToOneOfThreeSweepersThatRace() {
        Presence dead = startServer();
        List<Presence> sweepers = List.of(startServer(), startServer(), startServer());
        List<Stay> stays = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            stays.add(new Stay(UserId.random(), ConnectionId.random(), Set.of(LOBBY)));
        }
        dead.heartbeat(stays);
        letTimePass(Presence.SILENCE);
        List<Departure> departures = AtOnce.call(sweepers, Presence::sweep).stream()
                .flatMap(List::stream)
                .toList();
        assertThat(departures).allMatch(Departure::offline);
        assertThat(departures)
                .extracting(Departure::userId)
                .containsExactlyInAnyOrderElementsOf(
                        stays.stream().map(Stay::userId).toList());
    }

    @Test
    default void serverThatWasOnlySlowComesBackWithItsHeartbeat() {
        Presence slow = startServer();
        Presence other = startServer();
        ConnectionId phone = ConnectionId.random();
        slow.connect(KIM, phone);
        letTimePass(Presence.SILENCE);
        assertThat(other.sweep()).hasSize(1);
        assertThat(PresenceScene.stateOf(other, KIM)).isEqualTo(State.OFFLINE);
        assertThat(slow.heartbeat(List.of(new Stay(KIM, phone, Set.of(LOBBY)))))
                .containsExactly(new Presence.Comeback(KIM, Set.of(LOBBY)));
        assertThat(slow.heartbeat(List.of(new Stay(KIM, phone, Set.of(LOBBY))))).isEmpty();
        assertThat(PresenceScene.stateOf(other, KIM)).isEqualTo(State.ONLINE);
        assertThat(other.inRoom(LOBBY)).containsExactly(KIM);
    }

    @Test
    default void usersOfAClosedServerHaveTimeToComeBackElsewhere() {
        Presence closing = startServer();
        Presence other = startServer();
        ConnectionId kims = ConnectionId.random();
        ConnectionId lees = ConnectionId.random();
        closing.connect(KIM, kims);
        closing.enter(LOBBY, KIM, kims);
        closing.connect(LEE, lees);
        closing.enter(LOBBY, LEE, lees);
        closing.close();
        assertThat(other.sweep()).isEmpty();
        ConnectionId again = ConnectionId.random();
        assertThat(other.connect(LEE, again)).isFalse();
        assertThat(other.enter(LOBBY, LEE, again)).isFalse();
        letTimePass(Presence.RETURN_TIME);
        assertThat(other.sweep())
                .extracting(Departure::userId, Departure::offline, Departure::leftRooms)
                .containsExactlyInAnyOrder(tuple(KIM, true, Set.of(LOBBY)), tuple(LEE, false, Set.of()));
        assertThat(PresenceScene.stateOf(other, LEE)).isEqualTo(State.ONLINE);
    }
}
