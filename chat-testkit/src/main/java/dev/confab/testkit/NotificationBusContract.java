package dev.confab.testkit;

import static dev.confab.testkit.BusExamples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.Notification;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.NotificationBus.Undelivered;
import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link NotificationBus} does, on one node and on several. */
public interface NotificationBusContract {

    /** Another node on the broker of the running test, which nobody else uses. The test closes it. */
    Node connect();

    /** The two buses of one node. */
    interface Node extends AutoCloseable {

        /** Where messages are published. */
        EventBus events();

        /** The one under test. */
        NotificationBus notifications();

        @Override
        default void close() {
            events().close();
        }
    }

    /** Long enough to be noticed, and no longer. */
    Duration AFTER = Duration.ofMillis(300);

    private static List<Publication> posted(RoomId room, int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(seq -> BusExamples.posted(room, seq, Long.toString(seq)))
                .toList();
    }

    private static List<Notification> notifications(UserId user, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(seq -> BusExamples.notification(user, seq))
                .toList();
    }

    @Test
    default void aMessageComesWhenItsTimeHasComeAndNotBefore() {
        try (Node node = connect()) {
            List<Publication> seen = new CopyOnWriteArrayList<>();
            List<Long> times = new CopyOnWriteArrayList<>();
            await(node.notifications()
                    .watch(AFTER, due -> {
                        seen.addAll(due);
                        times.add(System.nanoTime());
                    })
                    .ready());
            RoomId room = RoomId.random();
            List<Publication> all = posted(room, 50);
            long begin = System.nanoTime();
            node.events().publish(all);
            Eventually.holds(() -> assertThat(seen).isEqualTo(all));
            // Clocks of two kinds are compared here, one of whole milliseconds.
            assertThat(times.getFirst() - begin)
                    .isGreaterThan(AFTER.minusMillis(20).toNanos());
        }
    }

    @Test
    default void watchersOfSeveralNodesShareTheMessagesAndMissNone() {
        try (Node first = connect();
                Node second = connect()) {
            Set<Publication> seen = ConcurrentHashMap.newKeySet();
            await(first.notifications().watch(Duration.ZERO, seen::addAll).ready());
            await(second.notifications().watch(Duration.ZERO, seen::addAll).ready());
            List<Publication> all = IntStream.range(0, 200)
                    .mapToObj(i -> BusExamples.posted(RoomId.random(), 1, "hi"))
                    .toList();
            first.events().publish(all);
            Eventually.holds(() -> assertThat(seen).containsExactlyInAnyOrderElementsOf(all));
        }
    }

    @Test
    default void whatAWatcherFailedAtIsHandedOverAgain() {
        try (Node node = connect()) {
            AtomicInteger failures = new AtomicInteger(2);
            List<Publication> seen = new CopyOnWriteArrayList<>();
            await(node.notifications()
                    .watch(Duration.ZERO, due -> {
                        if (failures.getAndDecrement() > 0) {
                            throw new IllegalStateException("the store is away");
                        }
                        seen.addAll(due);
                    })
                    .ready());
            List<Publication> all = posted(RoomId.random(), 3);
            node.events().publish(all);
            Eventually.holds(() -> assertThat(seen).containsExactlyElementsOf(all));
        }
    }

    @Test
    default void whatAWatcherLeftIsHandedToTheNext() {
        List<Publication> all = posted(RoomId.random(), 20);
        Node first = connect();
        try (Node second = connect()) {
            CountDownLatch tried = new CountDownLatch(1);
            await(first.notifications()
                    .watch(Duration.ZERO, due -> {
                        tried.countDown();
                        throw new IllegalStateException("never works");
                    })
                    .ready());
            first.events().publish(all);
            Eventually.holds(() -> assertThat(tried.getCount()).isZero());
            first.close();
            Set<Publication> seen = ConcurrentHashMap.newKeySet();
            second.notifications().watch(Duration.ZERO, seen::addAll);
            Eventually.holds(() -> assertThat(seen).containsExactlyInAnyOrderElementsOf(all));
        } finally {
            first.close();
        }
    }

    @Test
    default void notificationsComeUnchangedAndThoseOfAUserInTheirOrder() {
        try (Node node = connect()) {
            List<Notification> delivered = new CopyOnWriteArrayList<>();
            await(node.notifications()
                    .deliver(some -> {
                        delivered.addAll(some);
                        return List.of();
                    })
                    .ready());
            UserId kim = UserId.random();
            UserId lee = UserId.random();
            List<Notification> ofKim = notifications(kim, 150);
            List<Notification> ofLee = notifications(lee, 150);
            List<Notification> all = new ArrayList<>();
            IntStream.range(0, 150).forEach(i -> {
                all.add(ofKim.get(i));
                all.add(ofLee.get(i));
            });
            node.notifications().put(all);
            node.notifications().put(List.of());
            Eventually.holds(() -> assertThat(delivered).hasSize(300));
            assertThat(delivered.stream().filter(each -> each.userId().equals(kim)))
                    .containsExactlyElementsOf(ofKim);
            assertThat(delivered.stream().filter(each -> each.userId().equals(lee)))
                    .containsExactlyElementsOf(ofLee);
        }
    }

    @Test
    default void whatADelivererFailedAtOrLeftIsHandedOverAgain() {
        List<Notification> all = IntStream.range(0, 20)
                .mapToObj(i -> BusExamples.notification(UserId.random(), 1))
                .toList();
        Node first = connect();
        try (Node second = connect()) {
            CountDownLatch tried = new CountDownLatch(3);
            await(first.notifications()
                    .deliver(some -> {
                        tried.countDown();
                        throw new IllegalStateException("stopping");
                    })
                    .ready());
            second.notifications().put(all);
            Eventually.holds(() -> assertThat(tried.getCount()).isZero());
            first.close();
            Set<Notification> delivered = ConcurrentHashMap.newKeySet();
            second.notifications().deliver(some -> {
                delivered.addAll(some);
                return List.of();
            });
            Eventually.holds(() -> assertThat(delivered).containsExactlyInAnyOrderElementsOf(all));
        } finally {
            first.close();
        }
    }

    @Test
    default void whatWasGivenUpIsOutOfTheWay() {
        try (Node node = connect()) {
            UserId user = UserId.random();
            List<Notification> all = notifications(user, 3);
            List<Notification> handedOver = new CopyOnWriteArrayList<>();
            await(node.notifications()
                    .deliver(some -> {
                        handedOver.addAll(some);
                        return some.stream()
                                .filter(each -> each.seq().value() == 2)
                                .map(each -> new Undelivered(each, "nobody there"))
                                .toList();
                    })
                    .ready());
            node.notifications().put(all);
            Eventually.holds(() -> assertThat(handedOver).containsExactlyElementsOf(all));
            Notification next = BusExamples.notification(user, 4);
            node.notifications().put(List.of(next));
            Eventually.holds(() -> assertThat(handedOver).last().isEqualTo(next));
            assertThat(handedOver).hasSize(4);
        }
    }

    @Test
    default void aClosedSubscriptionIsHandedNothingMore() {
        try (Node node = connect()) {
            List<Notification> closed = new CopyOnWriteArrayList<>();
            Subscription subscription = node.notifications().deliver(some -> {
                closed.addAll(some);
                return List.of();
            });
            await(subscription.ready());
            subscription.close();
            subscription.close();
            List<Notification> open = new CopyOnWriteArrayList<>();
            await(node.notifications()
                    .deliver(some -> {
                        open.addAll(some);
                        return List.of();
                    })
                    .ready());
            node.notifications().put(notifications(UserId.random(), 2));
            Eventually.holds(() -> assertThat(open).hasSize(2));
            assertThat(closed).isEmpty();
        }
    }

    @Test
    default void aClosedNodeTakesNothing() {
        Node node = connect();
        NotificationBus bus = node.notifications();
        node.close();
        assertThatThrownBy(() -> bus.put(notifications(UserId.random(), 1)))
                .isInstanceOf(BusUnavailableException.class);
        assertThatThrownBy(() -> bus.watch(Duration.ZERO, due -> {})).isInstanceOf(BusUnavailableException.class);
        assertThatThrownBy(() -> bus.deliver(some -> List.of())).isInstanceOf(BusUnavailableException.class);
    }
}
