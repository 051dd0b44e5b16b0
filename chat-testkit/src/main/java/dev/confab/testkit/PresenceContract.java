package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.PresenceStatus.State;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
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

/** What every {@link Presence} keeps (G9). One part for a server that is alone, one for several. */
public interface PresenceContract {

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

    private static PresenceStatus statusOf(Presence server, UserId userId) {
        PresenceStatus status = server.query(List.of(userId)).get(userId);
        if (status == null) {
            throw new AssertionError("no status of " + userId);
        }
        return status;
    }

    /** One server. */
    interface SingleServer extends PresenceContract {

        @Test
        default void nobodyIsOnlineWhoNeverConnected() {
            Presence presence = startServer();
            assertThat(presence.query(List.of(KIM, LEE)).keySet()).containsExactlyInAnyOrder(KIM, LEE);
            assertThat(stateOf(presence, KIM)).isEqualTo(State.OFFLINE);
            assertThat(statusOf(presence, KIM).lastSeenAt()).isNull();
            assertThat(presence.query(List.of())).isEmpty();
        }

        @Test
        default void firstConnectionBringsAUserOnline() {
            Presence presence = startServer();
            assertThat(presence.connect(KIM, ConnectionId.random())).isTrue();
            assertThat(stateOf(presence, KIM)).isEqualTo(State.ONLINE);
            assertThat(statusOf(presence, KIM).lastSeenAt()).isNotNull();
            assertThat(stateOf(presence, LEE)).isEqualTo(State.OFFLINE);
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
            assertThat(stateOf(presence, KIM)).isEqualTo(State.ONLINE);
            Departure last = presence.disconnect(KIM, laptop);
            assertThat(last.userId()).isEqualTo(KIM);
            assertThat(last.offline()).isTrue();
            assertThat(stateOf(presence, KIM)).isEqualTo(State.OFFLINE);
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
            assertThat(stateOf(presence, KIM)).isEqualTo(State.ONLINE);
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
        default void silentConnectionIsOfflineAndSweptOnce() {
            Presence presence = startServer();
            ConnectionId phone = ConnectionId.random();
            presence.connect(KIM, phone);
            presence.enter(LOBBY, KIM, phone);
            PresenceStatus alive = statusOf(presence, KIM);
            letTimePass(SHORT_OF_SILENCE);
            assertThat(presence.sweep()).isEmpty();
            assertThat(stateOf(presence, KIM)).isEqualTo(State.ONLINE);
            letTimePass(Duration.ofSeconds(6));
            assertThat(stateOf(presence, KIM)).isEqualTo(State.OFFLINE);
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
            assertThat(stateOf(presence, KIM)).isEqualTo(State.ONLINE);
            presence.heartbeat(List.of());
            letTimePass(SHORT_OF_SILENCE);
            assertThat(presence.sweep()).extracting(Departure::userId).containsExactly(KIM);
        }

        @Test
        default void heartbeatAddsWhatIsNotKnown() {
            Presence presence = startServer();
            ConnectionId phone = ConnectionId.random();
            presence.heartbeat(List.of(new Stay(KIM, phone, Set.of(LOBBY, GARDEN))));
            assertThat(stateOf(presence, KIM)).isEqualTo(State.ONLINE);
            assertThat(presence.inRoom(GARDEN)).containsExactly(KIM);
            assertThat(presence.disconnect(KIM, phone).leftRooms()).containsExactlyInAnyOrder(LOBBY, GARDEN);
        }

        @Test
        default void enteringAddsAConnectionThatIsNotKnown() {
            Presence presence = startServer();
            assertThat(presence.enter(LOBBY, KIM, ConnectionId.random())).isTrue();
            assertThat(stateOf(presence, KIM)).isEqualTo(State.ONLINE);
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
            assertThat(stateOf(presence, KIM)).isEqualTo(State.OFFLINE);
            assertThat(stateOf(presence, LEE)).isEqualTo(State.ONLINE);
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
                    () -> presence.inRoom(LOBBY));
            for (Callable<?> change : changes) {
                assertThatThrownBy(change::call).isInstanceOf(PresenceUnavailableException.class);
            }
            assertThatThrownBy(() -> presence.heartbeat(List.of())).isInstanceOf(PresenceUnavailableException.class);
            assertThatThrownBy(presence::check).isInstanceOf(PresenceUnavailableException.class);
        }
    }

    /** Several servers on one store. */
    interface TwoServers extends PresenceContract {

        @Test
        default void userIsOnlineOnAllServersUntilTheLastDeviceOnAnyGoes() {
            Presence one = startServer();
            Presence two = startServer();
            ConnectionId phone = ConnectionId.random();
            ConnectionId laptop = ConnectionId.random();
            assertThat(one.connect(KIM, phone)).isTrue();
            assertThat(stateOf(two, KIM)).isEqualTo(State.ONLINE);
            assertThat(two.connect(KIM, laptop)).isFalse();
            one.enter(LOBBY, KIM, phone);
            assertThat(two.enter(LOBBY, KIM, laptop)).isFalse();
            assertThat(one.disconnect(KIM, phone).offline()).isFalse();
            assertThat(stateOf(one, KIM)).isEqualTo(State.ONLINE);
            Departure last = two.disconnect(KIM, laptop);
            assertThat(last.offline()).isTrue();
            assertThat(last.leftRooms()).containsExactly(LOBBY);
            assertThat(stateOf(one, KIM)).isEqualTo(State.OFFLINE);
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
            assertThat(stateOf(alive, LEE)).isEqualTo(State.ONLINE);
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
            assertThat(stateOf(other, KIM)).isEqualTo(State.OFFLINE);
            slow.heartbeat(List.of(new Stay(KIM, phone, Set.of(LOBBY))));
            assertThat(stateOf(other, KIM)).isEqualTo(State.ONLINE);
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
            assertThat(stateOf(other, LEE)).isEqualTo(State.ONLINE);
        }
    }
}
