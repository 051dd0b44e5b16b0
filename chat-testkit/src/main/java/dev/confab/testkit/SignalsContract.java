package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.InquiryId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.TraceStep;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Signals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link Signals} keeps. One part for a server that is alone, one for several. */
public interface SignalsContract {

    UserId KIM = UserId.random();

    /** Starts one more server on the carrier of this test. */
    Signals startServer();

    /** Waits until what {@code sender} sends into a room is heard; other signals are taken on the way. */
    static void awaitHearing(Signals sender, Heard<Signal> heard, RoomId room) {
        Signal probe = new Signal.MembershipChanged(room, -1);
        Eventually.holds(() -> {
            sender.send(probe);
            assertThat(heard.drain()).contains(probe);
        });
        // Several probes may be under way; what follows them is heard after them.
        Signal last = new Signal.MembershipChanged(room, -2);
        sender.send(last);
        heard.next(last::equals);
    }

    /** One server. */
    interface SingleServer extends SignalsContract {

        @Test
        default void everyKindOfSignalIsHeardAsItWasSent() {
            Signals signals = startServer();
            Heard<Signal> heard = new Heard<>();
            signals.onSignal(heard);
            RoomId room = RoomId.random();
            signals.follow(room);
            awaitHearing(signals, heard, room);
            ConnectionId origin = ConnectionId.random();
            List<ChatEvent.Ephemeral> events = List.of(
                    new ChatEvent.Typing(room, KIM, "Kim", true, origin),
                    new ChatEvent.Typing(room, KIM, " \ttab\nline\r\\ | \"김\" \uD83D\uDE00\u2028 ", false, origin),
                    new ChatEvent.UserJoined(room, KIM, "\u001f,;:{}"),
                    new ChatEvent.UserLeft(room, KIM, "\\n"),
                    new ChatEvent.PresenceChanged(
                            room,
                            KIM,
                            new PresenceStatus(PresenceStatus.State.ONLINE, Instant.parse("2026-02-24T06:00:00.123Z"))),
                    new ChatEvent.PresenceChanged(room, KIM, new PresenceStatus(PresenceStatus.State.OFFLINE, null)));
            List<Signal> sent = new ArrayList<>();
            events.forEach(event -> sent.add(new Signal.InRoom(event)));
            sent.add(new Signal.MembershipChanged(room, Long.MAX_VALUE));
            sent.add(new Signal.SurplusConnection(KIM, origin));
            InquiryId inquiry = InquiryId.random();
            Instant then = Instant.parse("2026-02-24T06:00:00.123Z");
            sent.add(new Signal.DeliveryAsked(inquiry, room, new Sequence(7), then));
            for (TraceStep.Delivered delivered : List.of(
                    new TraceStep.Delivered(new ServerId("a\tb"), TraceStep.Delivered.Kind.HANDED, 3, then),
                    new TraceStep.Delivered(new ServerId("b"), TraceStep.Delivered.Kind.FORGOTTEN, 0, null))) {
                sent.add(new Signal.DeliveryTold(inquiry, delivered));
            }
            sent.forEach(signals::send);
            assertThat(heard.take(sent.size())).isEqualTo(sent);
        }

        @Test
        default void signalsOfOneRoomKeepTheirOrder() {
            Signals signals = startServer();
            Heard<Signal> heard = new Heard<>();
            signals.onSignal(heard);
            RoomId room = RoomId.random();
            signals.follow(room);
            awaitHearing(signals, heard, room);
            List<Signal> sent = LongStream.range(0, 500)
                    .<Signal>mapToObj(version -> new Signal.MembershipChanged(room, version))
                    .toList();
            sent.forEach(signals::send);
            assertThat(heard.take(500)).isEqualTo(sent);
        }

        @Test
        default void roomThatIsNotFollowedIsNotHeard() {
            Signals signals = startServer();
            Heard<Signal> heard = new Heard<>();
            signals.onSignal(heard);
            RoomId followed = RoomId.random();
            RoomId foreign = RoomId.random();
            signals.follow(followed);
            awaitHearing(signals, heard, followed);
            Signal marker = new Signal.MembershipChanged(followed, 1);
            signals.send(new Signal.MembershipChanged(foreign, 1));
            signals.send(marker);
            assertThat(heard.next()).isEqualTo(marker);
            assertThat(heard.drain()).isEmpty();
        }

        @Test
        default void roomThatIsNoLongerFollowedIsSoonNotHeardAnyMore() {
            Signals signals = startServer();
            Heard<Signal> heard = new Heard<>();
            signals.onSignal(heard);
            RoomId followed = RoomId.random();
            RoomId dropped = RoomId.random();
            signals.follow(followed);
            signals.follow(dropped);
            awaitHearing(signals, heard, followed);
            awaitHearing(signals, heard, dropped);
            signals.unfollow(dropped);
            Eventually.holds(() -> {
                Signal first = new Signal.MembershipChanged(dropped, 1);
                Signal marker = new Signal.MembershipChanged(followed, 1);
                signals.send(first);
                signals.send(marker);
                List<Signal> before = new ArrayList<>();
                heard.next(signal -> {
                    before.add(signal);
                    return signal.equals(marker);
                });
                assertThat(before).doesNotContain(first);
            });
            signals.follow(dropped);
            awaitHearing(signals, heard, dropped);
        }

        @Test
        default void laterListenerTakesThePlaceOfTheFirst() {
            Signals signals = startServer();
            Heard<Signal> first = new Heard<>();
            Heard<Signal> second = new Heard<>();
            RoomId room = RoomId.random();
            signals.follow(room);
            signals.onSignal(first);
            awaitHearing(signals, first, room);
            signals.onSignal(second);
            awaitHearing(signals, second, room);
            assertThat(first.drain()).isEmpty();
        }

        @Test
        default void sendingDoesNotWaitForAListener() throws InterruptedException {
            Signals signals = startServer();
            Heard<Signal> heard = new Heard<>();
            RoomId room = RoomId.random();
            signals.follow(room);
            signals.onSignal(heard);
            awaitHearing(signals, heard, room);
            CountDownLatch stuck = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            signals.onSignal(signal -> {
                stuck.countDown();
                awaitQuietly(release);
            });
            signals.send(new Signal.MembershipChanged(room, 0));
            stuck.await();
            for (int version = 1; version <= 50_000; version++) {
                signals.send(new Signal.MembershipChanged(room, version));
            }
            release.countDown();
            signals.onSignal(heard);
            awaitHearing(signals, heard, room);
        }

        private static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Test
        default void faultOfAListenerDoesNotEndTheHearing() {
            Signals signals = startServer();
            Heard<Signal> heard = new Heard<>();
            RoomId room = RoomId.random();
            signals.follow(room);
            Signal bad = new Signal.MembershipChanged(room, 13);
            signals.onSignal(signal -> {
                if (signal.equals(bad)) {
                    throw new IllegalStateException("a fault of the listener, thrown by a test");
                }
                heard.accept(signal);
            });
            awaitHearing(signals, heard, room);
            signals.send(bad);
            awaitHearing(signals, heard, room);
        }

        @Test
        default void closedSignalsAreSilent() {
            Signals signals = startServer();
            Heard<Signal> heard = new Heard<>();
            RoomId room = RoomId.random();
            signals.onSignal(heard);
            signals.follow(room);
            awaitHearing(signals, heard, room);
            signals.close();
            signals.close();
            heard.drain();
            signals.send(new Signal.MembershipChanged(room, 1));
            signals.follow(RoomId.random());
            signals.unfollow(room);
            assertThat(heard.drain()).isEmpty();
        }
    }

    /** Several servers on one carrier. */
    interface TwoServers extends SignalsContract {

        @Test
        default void allServersThatFollowARoomHearIt() {
            Signals one = startServer();
            Signals two = startServer();
            Heard<Signal> heardByOne = new Heard<>();
            Heard<Signal> heardByTwo = new Heard<>();
            one.onSignal(heardByOne);
            two.onSignal(heardByTwo);
            RoomId room = RoomId.random();
            one.follow(room);
            two.follow(room);
            awaitHearing(two, heardByOne, room);
            awaitHearing(two, heardByTwo, room);
            Signal typing = new Signal.InRoom(new ChatEvent.Typing(room, KIM, "Kim", true, ConnectionId.random()));
            one.send(typing);
            assertThat(heardByOne.next(typing::equals)).isEqualTo(typing);
            assertThat(heardByTwo.next(typing::equals)).isEqualTo(typing);
        }

        @Test
        default void eachServerHearsTheRoomsItFollowsItself() {
            Signals one = startServer();
            Signals two = startServer();
            Heard<Signal> heardByOne = new Heard<>();
            Heard<Signal> heardByTwo = new Heard<>();
            one.onSignal(heardByOne);
            two.onSignal(heardByTwo);
            RoomId onesRoom = RoomId.random();
            RoomId twosRoom = RoomId.random();
            one.follow(onesRoom);
            two.follow(twosRoom);
            awaitHearing(two, heardByOne, onesRoom);
            awaitHearing(one, heardByTwo, twosRoom);
            assertThat(heardByOne.drain()).allMatch(signal -> isOf(onesRoom, signal));
            assertThat(heardByTwo.drain()).allMatch(signal -> isOf(twosRoom, signal));

            Signal forAll = new Signal.SurplusConnection(KIM, ConnectionId.random());
            one.send(forAll);
            assertThat(heardByOne.next(forAll::equals)).isEqualTo(forAll);
            assertThat(heardByTwo.next(forAll::equals)).isEqualTo(forAll);
        }

        private static boolean isOf(RoomId room, Signal signal) {
            return signal instanceof Signal.OfRoom ofRoom && ofRoom.roomId().equals(room);
        }

        @Test
        default void serverFollowsThousandsOfRooms() {
            Signals one = startServer();
            Signals two = startServer();
            Heard<Signal> heard = new Heard<>();
            two.onSignal(heard);
            List<RoomId> rooms = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                RoomId room = RoomId.random();
                rooms.add(room);
                two.follow(room);
            }
            awaitHearing(one, heard, rooms.getLast());
            awaitHearing(one, heard, rooms.getFirst());
            List<Signal> sent = rooms.stream()
                    .<Signal>map(room -> new Signal.MembershipChanged(room, 1))
                    .toList();
            sent.forEach(one::send);
            assertThat(heard.take(sent.size())).containsExactlyInAnyOrderElementsOf(sent);
        }
    }
}
