package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.port.out.Revocations;
import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What every {@link Revocations} keeps (G14). One part for a server that is alone, one for several. */
public interface RevocationsContract {

    Duration TOKEN_LIFE = Duration.ofHours(1);

    /** Starts one more server on the store of this test, which is empty at first. */
    Revocations startServer();

    /** The clock of all servers of this test. */
    MutableClock clock();

    /** Ends a login whose tokens live for {@link #TOKEN_LIFE}. */
    private static void revoke(Revocations server, SessionId login, MutableClock clock) {
        server.revoke(login, clock.instant().plus(TOKEN_LIFE));
    }

    /** One server. */
    interface SingleServer extends RevocationsContract {

        @Test
        default void endedLoginIsKnownAtOnceWhereItWasEnded() {
            Revocations revocations = startServer();
            SessionId ended = SessionId.random();
            SessionId other = SessionId.random();
            assertThat(revocations.isRevoked(ended)).isFalse();
            revoke(revocations, ended, clock());
            assertThat(revocations.isRevoked(ended)).isTrue();
            assertThat(revocations.isRevoked(other)).isFalse();
        }

        @Test
        default void endedLoginIsForgottenWhenItsLastTokenExpired() {
            Revocations revocations = startServer();
            SessionId login = SessionId.random();
            revoke(revocations, login, clock());
            clock().advance(TOKEN_LIFE.minusSeconds(1));
            assertThat(revocations.isRevoked(login)).isTrue();
            clock().advance(Duration.ofSeconds(1));
            assertThat(revocations.isRevoked(login)).isFalse();
        }

        @Test
        default void loginEndedTwiceStaysEndedUntilTheLaterTime() {
            Revocations revocations = startServer();
            SessionId login = SessionId.random();
            revocations.revoke(login, clock().instant().plus(TOKEN_LIFE));
            revocations.revoke(login, clock().instant().plusSeconds(1));
            clock().advance(Duration.ofSeconds(2));
            assertThat(revocations.isRevoked(login)).isTrue();
        }

        @Test
        default void loginWhoseTokensExpiredIsNotKept() {
            Revocations revocations = startServer();
            SessionId login = SessionId.random();
            revocations.revoke(login, clock().instant().minusSeconds(1));
            assertThat(revocations.isRevoked(login)).isFalse();
        }

        @Test
        default void everyListenerIsToldUntilItIsClosed() {
            Revocations revocations = startServer();
            Heard<SessionId> first = new Heard<>();
            Heard<SessionId> second = new Heard<>();
            Subscription ending = revocations.onRevoked(first);
            Subscription staying = revocations.onRevoked(second);
            assertThat(staying.ready().toCompletableFuture()).isCompleted();
            SessionId heardByBoth = SessionId.random();
            revoke(revocations, heardByBoth, clock());
            first.next(heardByBoth::equals);
            second.next(heardByBoth::equals);
            ending.close();
            first.drain();
            SessionId heardByOne = SessionId.random();
            revoke(revocations, heardByOne, clock());
            second.next(heardByOne::equals);
            assertThat(first.drain()).isEmpty();
            staying.close();
            staying.close();
        }

        @Test
        default void listenerMayEndItsOwnSubscription() throws InterruptedException {
            Revocations revocations = startServer();
            CountDownLatch ended = new CountDownLatch(1);
            List<Subscription> own = new ArrayList<>();
            CountDownLatch subscribed = new CountDownLatch(1);
            own.add(revocations.onRevoked(login -> {
                try {
                    subscribed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                own.getFirst().close();
                ended.countDown();
            }));
            subscribed.countDown();
            revoke(revocations, SessionId.random(), clock());
            Eventually.holds(() -> assertThat(ended.getCount()).isZero());
        }

        @Test
        default void listenerKnowsTheLoginToBeEndedWhenItIsTold() {
            Revocations revocations = startServer();
            Heard<Boolean> known = new Heard<>();
            revocations.onRevoked(login -> known.accept(revocations.isRevoked(login)));
            revoke(revocations, SessionId.random(), clock());
            assertThat(known.next()).isTrue();
        }

        @Test
        default void faultOfAListenerDoesNotKeepTheNewsFromOthers() {
            Revocations revocations = startServer();
            Heard<SessionId> heard = new Heard<>();
            revocations.onRevoked(login -> {
                throw new IllegalStateException("a fault of the listener, thrown by a test");
            });
            revocations.onRevoked(heard);
            for (int i = 0; i < 3; i++) {
                SessionId login = SessionId.random();
                revoke(revocations, login, clock());
                heard.next(login::equals);
            }
        }

        @Test
        default void closedRevocationsStillKnowWhatTheyKnew() {
            Revocations revocations = startServer();
            Heard<SessionId> heard = new Heard<>();
            SessionId login = SessionId.random();
            revocations.onRevoked(heard);
            revoke(revocations, login, clock());
            heard.next(login::equals);
            revocations.close();
            revocations.close();
            assertThat(revocations.isRevoked(login)).isTrue();
        }
    }

    /** Several servers on one store. */
    interface TwoServers extends RevocationsContract {

        @Test
        default void otherServersKnowWithinASecond() {
            Revocations one = startServer();
            Revocations two = startServer();
            Heard<SessionId> heard = new Heard<>();
            two.onRevoked(heard);
            SessionId login = SessionId.random();
            revoke(one, login, clock());
            Eventually.holdsWithin(
                    Duration.ofSeconds(1),
                    () -> assertThat(two.isRevoked(login)).isTrue());
            heard.next(login::equals);
        }

        @Test
        default void serverThatStartsLaterKnowsFromTheStart() {
            Revocations one = startServer();
            List<SessionId> logins = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                SessionId login = SessionId.random();
                revoke(one, login, clock());
                logins.add(login);
            }
            Revocations later = startServer();
            assertThat(logins).allMatch(later::isRevoked);
        }

        @Test
        default void allServersForgetWhenTheLastTokenExpired() {
            Revocations one = startServer();
            Revocations two = startServer();
            SessionId login = SessionId.random();
            revoke(one, login, clock());
            Eventually.holds(() -> assertThat(two.isRevoked(login)).isTrue());
            clock().advance(TOKEN_LIFE);
            assertThat(two.isRevoked(login)).isFalse();
        }

        @Test
        default void everyServerHearsWhatAnyServerEnds() {
            Revocations one = startServer();
            Revocations two = startServer();
            Heard<SessionId> heardByOne = new Heard<>();
            Heard<SessionId> heardByTwo = new Heard<>();
            one.onRevoked(heardByOne);
            two.onRevoked(heardByTwo);
            SessionId byOne = SessionId.random();
            SessionId byTwo = SessionId.random();
            revoke(one, byOne, clock());
            revoke(two, byTwo, clock());
            for (Heard<SessionId> heard : List.of(heardByOne, heardByTwo)) {
                Set<SessionId> known = new HashSet<>();
                while (known.size() < 2) {
                    known.add(heard.next());
                }
                assertThat(known).containsExactlyInAnyOrder(byOne, byTwo);
            }
        }
    }
}
