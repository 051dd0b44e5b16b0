package dev.confab.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.LimitsUnavailableException;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.Presence.Stay;
import dev.confab.chat.port.out.PresenceUnavailableException;
import dev.confab.chat.port.out.SharedLimits;
import dev.confab.localstack.Durability;
import dev.confab.localstack.LocalStack;
import dev.confab.localstack.RedisServer;
import dev.confab.localstack.ServerName;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.Heard;
import dev.confab.testkit.SignalsContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** G10, G14: what holds while Redis is away, and after it came back with or without its data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisOutageIT {

    private final UserId kim = UserId.random();
    private final UserId lee = UserId.random();

    private LocalStack stack;
    private RedisServer redis;
    private RedisServers servers;

    @BeforeAll
    void startRedis(@TempDir Path folder) {
        stack = LocalStack.builder(folder)
                .only(ServerName.REDIS)
                .durability(Durability.DISPOSABLE)
                .endWithThisProcess()
                .start();
        redis = stack.redis();
    }

    @AfterAll
    void stopRedis() {
        stack.close();
    }

    @BeforeEach
    void noServersYet() {
        servers = new RedisServers(redis.uri());
    }

    @AfterEach
    void allIsWellAgain() {
        redis.resume();
        redis.start();
        servers.close();
    }

    @Test
    void serversStartWhileRedisIsAwayAndWorkOnceItIsThere() {
        redis.kill();
        RedisAdapters adapters = servers.start();
        Presence presence = adapters.presence();
        Heard<Signal> heard = new Heard<>();
        RoomId room = RoomId.random();
        adapters.signals().onSignal(heard);
        adapters.signals().follow(room);
        adapters.signals().send(new Signal.MembershipChanged(room, 1));
        assertThat(presence.query(List.of(kim))).containsEntry(kim, PresenceStatus.UNKNOWN);
        assertThatThrownBy(() -> presence.connect(kim, ConnectionId.random()))
                .isInstanceOf(PresenceUnavailableException.class);
        assertThatThrownBy(adapters::check).isInstanceOf(PresenceUnavailableException.class);

        redis.start();
        adapters.check();
        Eventually.holds(
                () -> assertThat(presence.connect(kim, ConnectionId.random())).isTrue());
        SignalsContract.awaitHearing(adapters.signals(), heard, room);
        SessionId login = SessionId.random();
        adapters.revocations().revoke(login, inAnHour());
        assertThat(servers.start().revocations().isRevoked(login)).isTrue();
    }

    @Test
    void onlyTheFirstCallsWaitForARedisThatIsSilent() {
        Presence presence = servers.start().presence();
        presence.connect(kim, ConnectionId.random());
        redis.pause();
        assertThat(presence.query(List.of(kim))).containsEntry(kim, PresenceStatus.UNKNOWN);
        long begin = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(presence.query(List.of(kim))).containsEntry(kim, PresenceStatus.UNKNOWN);
            assertThatThrownBy(() -> presence.enter(RoomId.random(), kim, ConnectionId.random()))
                    .isInstanceOf(PresenceUnavailableException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        begin = System.nanoTime();
        assertThatThrownBy(presence::check).isInstanceOf(PresenceUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));

        redis.resume();
        Eventually.holds(() -> assertThat(state(presence, kim)).isEqualTo(PresenceStatus.State.ONLINE));
    }

    /** Gateways count on their own meanwhile: they take this for the answer that it is. */
    @Test
    void sharedLimitsSayAtOnceThatTheyAreAwayAndCountAgainAfterwards() {
        SharedLimits limits = servers.start().limits();
        SharedLimits.Bucket bucket = new SharedLimits.Bucket("messages " + kim, Duration.ofHours(1), 2);
        assertThat(limits.take(bucket)).isZero();
        redis.kill();
        assertThatThrownBy(() -> limits.take(bucket)).isInstanceOf(LimitsUnavailableException.class);
        long begin = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> limits.charge(List.of(new SharedLimits.Use(bucket, 1))))
                    .isInstanceOf(LimitsUnavailableException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));

        redis.start();
        Eventually.holds(() -> assertThatCode(() -> limits.take(bucket)).doesNotThrowAnyException());
        Eventually.holds(() -> assertThat(limits.take(bucket)).isPositive());
    }

    @Test
    void presenceOfARedisThatLostItsDataIsFilledAgainByHeartbeats() {
        Presence one = servers.start().presence();
        Presence two = servers.start().presence();
        RoomId room = RoomId.random();
        Stay kims = new Stay(kim, ConnectionId.random(), Set.of(room));
        Stay lees = new Stay(lee, ConnectionId.random(), Set.of(room));
        one.heartbeat(List.of(kims));
        two.heartbeat(List.of(lees));

        redis.kill();
        assertThat(one.query(List.of(lee))).containsEntry(lee, PresenceStatus.UNKNOWN);
        redis.start();
        // Without a new heartbeat of a server: its last one still holds.
        Eventually.holds(() -> {
            assertThat(state(one, lee)).isEqualTo(PresenceStatus.State.ONLINE);
            assertThat(two.inRoom(room)).containsExactlyInAnyOrder(kim, lee);
        });
        assertThat(one.disconnect(kim, kims.connectionId()).leftRooms()).containsExactly(room);
        assertThat(one.disconnect(kim, kims.connectionId()).leftRooms()).isEmpty();
    }

    @Test
    void whatEndedDuringTheOutageIsNotBroughtBackByTheLastHeartbeat() {
        Presence presence = servers.start().presence();
        RoomId room = RoomId.random();
        Stay kims = new Stay(kim, ConnectionId.random(), Set.of(room));
        Stay lees = new Stay(lee, ConnectionId.random(), Set.of(room));
        presence.heartbeat(List.of(kims, lees));
        redis.kill();
        assertThatThrownBy(() -> presence.disconnect(kim, kims.connectionId()))
                .isInstanceOf(PresenceUnavailableException.class);
        redis.start();
        Eventually.holds(() -> assertThat(state(presence, lee)).isEqualTo(PresenceStatus.State.ONLINE));
        assertThat(state(presence, kim)).isEqualTo(PresenceStatus.State.OFFLINE);
        assertThat(presence.inRoom(room)).containsExactly(lee);
    }

    @Test
    void endThatCouldNotBeSaidIsSaidByALaterSweep() {
        Presence presence = servers.start().presence();
        Presence other = servers.start().presence();
        RoomId lobby = RoomId.random();
        RoomId garden = RoomId.random();
        ConnectionId kims = ConnectionId.random();
        ConnectionId lees = ConnectionId.random();
        presence.connect(kim, kims);
        presence.enter(lobby, kim, kims);
        presence.connect(lee, lees);
        presence.enter(garden, lee, lees);
        redis.pause();
        assertThatThrownBy(() -> presence.disconnect(kim, kims)).isInstanceOf(PresenceUnavailableException.class);
        assertThatThrownBy(() -> presence.leave(garden, lee, lees)).isInstanceOf(PresenceUnavailableException.class);
        redis.resume();
        List<Stay> before = List.of(new Stay(lee, lees, Set.of(garden)));
        Eventually.holds(() -> assertThatCode(() -> presence.heartbeat(before)).doesNotThrowAnyException());
        Eventually.holds(() -> assertThatCode(other::check).doesNotThrowAnyException());
        Eventually.holds(() -> assertThatCode(presence::check).doesNotThrowAnyException());
        assertThat(other.sweep()).isEmpty();
        assertThat(presence.sweep())
                .anySatisfy(departure -> {
                    assertThat(departure.userId()).isEqualTo(kim);
                    assertThat(departure.offline()).isTrue();
                    assertThat(departure.leftRooms()).containsExactly(lobby);
                })
                .anySatisfy(departure -> {
                    assertThat(departure.userId()).isEqualTo(lee);
                    assertThat(departure.offline()).isFalse();
                    assertThat(departure.leftRooms()).containsExactly(garden);
                })
                .hasSize(2);
        assertThat(presence.sweep()).isEmpty();
        assertThat(presence.inRoom(garden)).isEmpty();
        assertThat(state(other, lee)).isEqualTo(PresenceStatus.State.ONLINE);
    }

    @Test
    void silenceOfEverybodyDuringAnOutageMakesNobodyOffline() {
        Presence one = servers.start().presence();
        Presence two = servers.start().presence();
        Stay kims = new Stay(kim, ConnectionId.random(), Set.of());
        Stay lees = new Stay(lee, ConnectionId.random(), Set.of());
        one.heartbeat(List.of(kims));
        two.heartbeat(List.of(lees));
        // One minute in which nobody could speak.
        servers.moveAhead(Duration.ofMinutes(1));
        assertThat(state(one, lee)).isEqualTo(PresenceStatus.State.UNKNOWN);
        assertThat(one.sweep()).isEmpty();
        assertThat(state(one, lee)).isEqualTo(PresenceStatus.State.UNKNOWN);
        assertThat(state(one, UserId.random())).isEqualTo(PresenceStatus.State.OFFLINE);
        one.heartbeat(List.of(kims));
        servers.moveAhead(Duration.ofSeconds(9));
        assertThat(one.sweep()).isEmpty();
        servers.moveAhead(Duration.ofSeconds(1));
        assertThat(one.sweep()).singleElement().satisfies(departure -> {
            assertThat(departure.userId()).isEqualTo(lee);
            assertThat(departure.offline()).isTrue();
        });
        assertThat(state(one, kim)).isEqualTo(PresenceStatus.State.ONLINE);
    }

    @Test
    void sendingDoesNotWaitForARedisThatIsSilent() {
        RedisAdapters adapters = servers.start();
        RoomId room = RoomId.random();
        Heard<Signal> heard = new Heard<>();
        adapters.signals().onSignal(heard);
        adapters.signals().follow(room);
        SignalsContract.awaitHearing(adapters.signals(), heard, room);
        redis.pause();
        long begin = System.nanoTime();
        for (int version = 0; version < 50_000; version++) {
            adapters.signals().send(new Signal.MembershipChanged(room, version));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        redis.resume();
        SignalsContract.awaitHearing(adapters.signals(), heard, room);
    }

    @Test
    void signalsAreHeardAgainAfterARestart() {
        RedisAdapters one = servers.start();
        RedisAdapters two = servers.start();
        Heard<Signal> heard = new Heard<>();
        two.signals().onSignal(heard);
        RoomId before = RoomId.random();
        RoomId during = RoomId.random();
        two.signals().follow(before);
        SignalsContract.awaitHearing(one.signals(), heard, before);
        redis.kill();
        two.signals().follow(during);
        one.signals().send(new Signal.MembershipChanged(before, 1));
        redis.start();
        SignalsContract.awaitHearing(one.signals(), heard, before);
        SignalsContract.awaitHearing(one.signals(), heard, during);
    }

    @Test
    void loginsEndedDuringAnOutageAreKnownHereAtOnceAndElsewhereAfterIt() {
        RedisAdapters one = servers.start();
        RedisAdapters two = servers.start();
        Heard<SessionId> heard = new Heard<>();
        two.revocations().onRevoked(heard);
        redis.kill();
        SessionId login = SessionId.random();
        one.revocations().revoke(login, inAnHour());
        assertThat(one.revocations().isRevoked(login)).isTrue();
        assertThat(two.revocations().isRevoked(login)).isFalse();
        redis.start();
        assertThat(heard.next()).isEqualTo(login);
        assertThat(two.revocations().isRevoked(login)).isTrue();
    }

    @Test
    void endedLoginsOutliveTheLossOfAllDataOfRedis() {
        RedisAdapters one = servers.start();
        SessionId login = SessionId.random();
        one.revocations().revoke(login, inAnHour());
        redis.kill();
        redis.start();
        assertThat(one.revocations().isRevoked(login)).isTrue();
        Eventually.holds(() -> {
            try (RedisAdapters later = servers.start()) {
                assertThat(later.revocations().isRevoked(login)).isTrue();
            }
        });
    }

    private Instant inAnHour() {
        return servers.clock().instant().plus(Duration.ofHours(1));
    }

    private static PresenceStatus.State state(Presence presence, UserId userId) {
        PresenceStatus status = presence.query(List.of(userId)).get(userId);
        assertThat(status).isNotNull();
        return status.state();
    }
}
