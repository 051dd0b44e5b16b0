package dev.confab.testkit;

import static dev.confab.testkit.BusExamples.await;
import static dev.confab.testkit.BusExamples.posts;
import static dev.confab.testkit.BusExamples.submitAll;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.EventBus.Submission;
import dev.confab.chat.port.out.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventBus} does, seen from one node. Its two-node part is {@link EventBusNodesContract}. */
public interface EventBusContract extends EventBusCommandsContract {

    /**
     * Another node on the broker of the running test, which nobody else uses and which has at least two partitions for
     * commands. The test closes it.
     */
    @Override
    EventBus connect();

    @Test
    default void publicationsOfEveryKindAreHeardUnchanged() {
        try (EventBus bus = connect()) {
            RecordingListener listener = new RecordingListener();
            await(bus.listen(listener).ready());
            RoomId room = RoomId.random();
            UserId user = UserId.random();
            List<Publication> publications = new ArrayList<>(BusExamples.changes(room, user));
            publications.addAll(List.of(
                    BusExamples.posted(room, user, 1, "안녕하세요 👋 \"quoted\"\n\u0001"),
                    BusExamples.announced(room, 2, "Kim joined"),
                    BusExamples.deleted(room, user, 3),
                    BusExamples.edited(room, user, 1, 4),
                    BusExamples.removed(room, user, 2, 5),
                    BusExamples.rejected(room, user),
                    BusExamples.rejectedEdit(room, user),
                    BusExamples.read(room, user, 2)));
            bus.publish(publications);
            Eventually.holds(() -> assertThat(listener.heard()).containsExactlyInAnyOrderElementsOf(publications));
        }
    }

    @Test
    default void publicationsOfARoomAreHeardInTheirOrder() {
        try (EventBus bus = connect()) {
            RecordingListener listener = new RecordingListener();
            await(bus.listen(listener).ready());
            RoomId room = RoomId.random();
            List<Publication> all = LongStream.rangeClosed(1, 1_000)
                    .mapToObj(seq -> BusExamples.posted(seq % 3 == 0 ? RoomId.random() : room, seq, "hi"))
                    .toList();
            bus.publish(all.subList(0, 10));
            bus.publish(all.subList(10, all.size()));
            Eventually.holds(() -> assertThat(listener.heard()).hasSize(all.size()));
            assertThat(ofRoom(listener.heard(), room)).isEqualTo(ofRoom(all, room));
        }
    }

    @Test
    default void changesOfARoomAreHeardInTheirOrder() {
        try (EventBus bus = connect()) {
            RecordingListener listener = new RecordingListener();
            await(bus.listen(listener).ready());
            RoomId room = RoomId.random();
            List<Publication> all = IntStream.range(0, 300)
                    .mapToObj(i -> BusExamples.joined(i % 3 == 0 ? RoomId.random() : room, UserId.random()))
                    .toList();
            bus.publish(all.subList(0, 10));
            bus.publish(all.subList(10, all.size()));
            Eventually.holds(() -> assertThat(listener.heard()).hasSize(all.size()));
            assertThat(ofRoom(listener.heard(), room)).isEqualTo(ofRoom(all, room));
        }
    }

    @Test
    default void nothingIsPublishedByPublishingNothing() {
        try (EventBus bus = connect()) {
            bus.publish(List.of());
        }
    }

    @Test
    default void listenerHearsWhatIsPublishedFromNowOn() {
        try (EventBus bus = connect()) {
            RoomId room = RoomId.random();
            bus.publish(List.of(BusExamples.posted(room, 1, "before")));
            RecordingListener listener = new RecordingListener();
            await(bus.listen(listener).ready());
            Publication after = BusExamples.posted(room, 2, "after");
            bus.publish(List.of(after));
            Eventually.holds(() -> assertThat(listener.heard()).containsExactly(after));
        }
    }

    @Test
    default void onlyWantedPublicationsAreHeard() {
        try (EventBus bus = connect()) {
            RoomId followed = RoomId.random();
            RoomId other = RoomId.random();
            UserId here = UserId.random();
            RecordingListener listener =
                    new RecordingListener((room, user) -> room.equals(followed) || here.equals(user));
            await(bus.listen(listener).ready());
            List<Publication> wanted = List.of(
                    BusExamples.posted(followed, 1, "in the room"),
                    BusExamples.announced(followed, 2, "by the server"),
                    BusExamples.posted(other, here, 5, "by somebody here"),
                    BusExamples.rejected(other, here),
                    BusExamples.read(other, here, 5),
                    BusExamples.joined(other, here),
                    BusExamples.joined(followed, UserId.random()),
                    BusExamples.read(followed, UserId.random(), 1));
            List<Publication> all = new ArrayList<>();
            wanted.forEach(publication -> {
                all.add(BusExamples.posted(other, 6, "not wanted"));
                all.add(BusExamples.announced(other, 7, "not wanted"));
                all.add(BusExamples.read(other, UserId.random(), 7));
                all.add(BusExamples.joined(other, UserId.random()));
                all.add(publication);
            });
            bus.publish(all);
            Eventually.holds(() -> assertThat(listener.heard()).hasSize(wanted.size()));
            assertThat(listener.heard()).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    default void listenerThatFailsHearsTheNext() {
        try (EventBus bus = connect()) {
            CountDownLatch failed = new CountDownLatch(1);
            RecordingListener listener = new RecordingListener((room, user) -> true) {
                @Override
                public void onPublications(List<Publication> publications) {
                    if (failed.getCount() > 0) {
                        failed.countDown();
                        throw new IllegalStateException("a bug");
                    }
                    super.onPublications(publications);
                }
            };
            await(bus.listen(listener).ready());
            bus.publish(List.of(BusExamples.posted(RoomId.random(), 1, "fails")));
            awaitLatch(failed);
            Publication next = BusExamples.posted(RoomId.random(), 1, "next");
            bus.publish(List.of(next));
            Eventually.holds(() -> assertThat(listener.heard()).containsExactly(next));
        }
    }

    @Test
    default void closedListenerHearsNothingMore() {
        try (EventBus bus = connect()) {
            RecordingListener closed = new RecordingListener();
            Subscription subscription = bus.listen(closed);
            await(subscription.ready());
            subscription.close();
            subscription.close();
            RecordingListener open = new RecordingListener();
            await(bus.listen(open).ready());
            bus.publish(List.of(BusExamples.posted(RoomId.random(), 1, "hi")));
            Eventually.holds(() -> assertThat(open.heard()).hasSize(1));
            assertThat(closed.heard()).isEmpty();
        }
    }

    @Test
    default void closingAWorkerFinishesTheBatchUnderWay() {
        try (EventBus bus = connect()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            RecordingWorker worker = new RecordingWorker(batch -> {
                begun.countDown();
                awaitLatch(goOn);
                return batch.nextPosition();
            });
            Subscription working = bus.consume(worker);
            await(working.ready());
            RoomId room = RoomId.random();
            submitAll(bus, posts(room, 1));
            awaitLatch(begun);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(working::close);
            assertThat(closing).isNotDone();
            goOn.countDown();
            await(closing);
            int handled = worker.journal().commands().size();
            assertThat(handled).isEqualTo(1);
            List<Command> late = submitAll(bus, posts(room, 3));
            RecordingWorker next = new RecordingWorker();
            bus.consume(next);
            Eventually.holds(() -> assertThat(next.journal().commands()).isEqualTo(late));
            assertThat(worker.journal().commands()).hasSize(handled);
        }
    }

    @Test
    default void closedBusAcceptsNothing() {
        EventBus bus = connect();
        bus.close();
        bus.close();
        assertThat(await(bus.submit(BusExamples.post(RoomId.random(), "late")))).isEqualTo(Submission.UNAVAILABLE);
        assertThatThrownBy(() -> bus.publish(List.of(BusExamples.posted(RoomId.random(), 1, "late"))))
                .isInstanceOf(BusUnavailableException.class);
        assertThatThrownBy(bus::check).isInstanceOf(BusUnavailableException.class);
    }

    @Test
    default void closingTheBusEndsItsSubscriptions() {
        RecordingListener closed = new RecordingListener();
        RecordingWorker ended = new RecordingWorker();
        EventBus bus = connect();
        await(bus.listen(closed).ready());
        await(bus.consume(ended).ready());
        bus.close();
        try (EventBus other = connect()) {
            RecordingWorker worker = new RecordingWorker();
            RecordingListener listener = new RecordingListener();
            await(other.listen(listener).ready());
            other.consume(worker);
            submitAll(other, posts(RoomId.random(), 1));
            other.publish(List.of(BusExamples.posted(RoomId.random(), 1, "hi")));
            Eventually.holds(() -> assertThat(worker.journal().commands()).hasSize(1));
            Eventually.holds(() -> assertThat(listener.heard()).hasSize(1));
            assertThat(closed.heard()).isEmpty();
            assertThat(ended.journal().commands()).isEmpty();
        }
    }

    @Test
    default void deadLettersAreTakenWithAndWithoutACommand() {
        try (EventBus bus = connect()) {
            Command command = BusExamples.post(RoomId.random(), "poison");
            CommandPartition partition = new CommandPartition("commands", 1);
            DeadLetter read = DeadLetter.refused(partition, 17, command, "refused by the store");
            DeadLetter unread = BusExamples.unreadable(partition, 18, command.traceId());
            assertThatCode(() -> bus.park(read)).doesNotThrowAnyException();
            assertThatCode(() -> bus.park(unread)).doesNotThrowAnyException();
        }
    }

    @Test
    default void openBusAnswers() {
        try (EventBus bus = connect()) {
            assertThatCode(bus::check).doesNotThrowAnyException();
        }
    }

    private static List<Publication> ofRoom(List<Publication> publications, RoomId room) {
        return publications.stream()
                .filter(publication -> publication.event().roomId().equals(room))
                .toList();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(Eventually.PATIENCE.toMillis(), MILLISECONDS)) {
                throw new AssertionError("did not come about");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
