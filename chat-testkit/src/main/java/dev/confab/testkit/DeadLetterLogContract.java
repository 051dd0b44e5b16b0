package dev.confab.testkit;

import static dev.confab.testkit.BusExamples.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.DeadLetterLog;
import dev.confab.chat.port.out.DeadLetterLog.Extent;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.NotificationBus.Undelivered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetterLog} does. */
public interface DeadLetterLogContract {

    /** Another node on the broker of the running test, which nobody else uses. The test closes it. */
    Node connect();

    /** What belongs together on one node. */
    interface Node extends AutoCloseable {

        /** Parks commands. */
        EventBus events();

        /** Parks notifications. */
        NotificationBus notifications();

        /** The one under test. */
        DeadLetterLog deadLetters();

        @Override
        default void close() {
            events().close();
        }
    }

    private static List<ParkedLetter> all(DeadLetterLog log, @Nullable Instant since) {
        List<ParkedLetter> found = new ArrayList<>();
        log.read(since, letters -> {
            assertThat(letters).isNotEmpty();
            return found.addAll(letters);
        });
        return found;
    }

    /** Works on commands by parking those it meets for the first time. */
    private static RecordingWorker parking(EventBus bus) {
        return new RecordingWorker(new RecordingWorker.Journal(), batch -> {
            for (CommandBatch.Entry entry : batch.entries()) {
                if (entry instanceof CommandBatch.Logged logged && !logged.replayed()) {
                    bus.park(DeadLetter.refused(batch.partition(), logged.offset(), logged.command(), "no such luck"));
                }
            }
            return batch.nextPosition();
        });
    }

    private static List<CommandBatch.Entry> entries(RecordingWorker worker) {
        return worker.batches().stream()
                .flatMap(batch -> batch.entries().stream())
                .toList();
    }

    @Test
    default void whatWasParkedIsReadInItsOrder() {
        try (Node node = connect()) {
            assertThat(all(node.deadLetters(), null)).isEmpty();
            Command.Post post = BusExamples.post(RoomId.random(), UserId.random(), "poison");
            CommandPartition partition = new CommandPartition("commands", 1);
            DeadLetter unreadable = BusExamples.unreadable(partition, 17, Samples.trace());
            node.events().park(unreadable);
            node.events().park(DeadLetter.refused(partition, 18, post, "refused by the store"));

            List<ParkedLetter> letters = all(node.deadLetters(), null);

            assertThat(letters).hasSize(2);
            ParkedLetter first = letters.getFirst();
            assertThat(first.cause()).isEqualTo(LetterCause.UNREADABLE);
            assertThat(first.origin()).isEqualTo(new ParkedLetter.Origin("commands", 1, 17));
            assertThat(first.addressee()).isNull();
            assertThat(first.key()).isEqualTo(unreadable.key());
            assertThat(first.payload()).isEqualTo(unreadable.payload());
            assertThat(first.reason()).isEqualTo("no JSON");
            assertThat(first.traceId()).isEqualTo(unreadable.traceId());
            assertThat(first.isWhole()).isTrue();
            ParkedLetter last = letters.getLast();
            assertThat(last.cause()).isEqualTo(LetterCause.REFUSED);
            assertThat(last.addressee())
                    .isEqualTo(new LetterAddressee(post.roomId(), post.senderId(), post.commandId(), null));
            assertThat(last.traceId()).isEqualTo(post.traceId());
            assertThat(last.id()).isGreaterThan(first.id());
        }
    }

    @Test
    default void lettersAreFoundByTheirIdsFromEveryNode() {
        try (Node node = connect();
                Node other = connect()) {
            CommandPartition partition = new CommandPartition("commands", 0);
            for (int i = 0; i < 5; i++) {
                node.events().park(BusExamples.unreadable(partition, i, Samples.trace()));
            }
            List<ParkedLetter> letters = all(node.deadLetters(), null);

            assertThat(letters)
                    .hasSize(5)
                    .allSatisfy(letter ->
                            assertThat(other.deadLetters().find(letter.id())).contains(letter));
            LetterId last = letters.getLast().id();
            assertThat(other.deadLetters().find(new LetterId(last.partition(), last.offset() + 1)))
                    .isEmpty();
            assertThat(other.deadLetters().find(new LetterId(999_999, 0))).isEmpty();
        }
    }

    @Test
    default void aReaderMayStop() {
        try (Node node = connect()) {
            for (int i = 0; i < 5; i++) {
                node.events().park(BusExamples.unreadable(new CommandPartition("commands", 0), i, Samples.trace()));
            }
            List<Integer> calls = new ArrayList<>();
            node.deadLetters().read(null, letters -> {
                calls.add(letters.size());
                return false;
            });
            assertThat(calls).hasSize(1);
        }
    }

    @Test
    default void whatIsOlderIsLeftOut() {
        try (Node node = connect()) {
            node.events().park(BusExamples.unreadable(new CommandPartition("commands", 0), 1, Samples.trace()));
            ParkedLetter letter = all(node.deadLetters(), null).getFirst();

            assertThat(all(node.deadLetters(), letter.parkedAt())).containsExactly(letter);
            assertThat(all(node.deadLetters(), letter.parkedAt().minus(Duration.ofHours(1))))
                    .containsExactly(letter);
            assertThat(all(node.deadLetters(), letter.parkedAt().plusMillis(1))).isEmpty();
        }
    }

    @Test
    default void aCommandThatIsPutBackIsWorkedOnAgainAsAReplay() {
        try (Node node = connect()) {
            RecordingWorker worker = parking(node.events());
            await(node.events().consume(worker).ready());
            Command.Post post = BusExamples.post(RoomId.random(), UserId.random(), "poison");
            BusExamples.submitAll(node.events(), List.of(post));
            Eventually.holds(() -> assertThat(all(node.deadLetters(), null)).hasSize(1));
            ParkedLetter letter = all(node.deadLetters(), null).getFirst();

            OptionalLong place = node.deadLetters().putBack(letter);

            assertThat(place).isPresent();
            Eventually.holds(
                    () -> assertThat(entries(worker)).contains(new CommandBatch.Logged(place.getAsLong(), post, true)));
            assertThat(worker.batches().stream().map(CommandBatch::partition).distinct())
                    .hasSize(1);
            assertThat(place.getAsLong())
                    .isGreaterThan(Objects.requireNonNull(letter.origin()).offset());
        }
    }

    @Test
    default void whatNobodyCouldReadIsPutBackAsItWas() {
        try (Node node = connect()) {
            RecordingWorker worker = new RecordingWorker();
            await(node.events().consume(worker).ready());
            BusExamples.submitAll(node.events(), List.of(BusExamples.post(RoomId.random(), "fine")));
            Eventually.holds(() -> assertThat(worker.batches()).isNotEmpty());
            CommandPartition partition = worker.batches().getFirst().partition();
            DeadLetter unreadable = BusExamples.unreadable(partition, 0, Samples.trace());
            node.events().park(unreadable);

            OptionalLong place =
                    node.deadLetters().putBack(all(node.deadLetters(), null).getFirst());

            Eventually.holds(() -> assertThat(entries(worker))
                    .filteredOn(CommandBatch.Unreadable.class::isInstance)
                    .hasSize(1));
            CommandBatch.Unreadable again = (CommandBatch.Unreadable) entries(worker).stream()
                    .filter(CommandBatch.Unreadable.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            assertThat(again.offset()).isEqualTo(place.orElseThrow());
            assertThat(again.letter().offset()).isEqualTo(place.orElseThrow());
            assertThat(again.letter().partition()).isEqualTo(partition);
            assertThat(again.letter().key()).isEqualTo(unreadable.key());
            assertThat(again.letter().payload()).isEqualTo(unreadable.payload());
        }
    }

    @Test
    default void aNotificationThatIsPutBackIsDeliveredAgain() {
        try (Node node = connect()) {
            List<Notification> handedOver = new CopyOnWriteArrayList<>();
            await(node.notifications()
                    .deliver(some -> {
                        handedOver.addAll(some);
                        return handedOver.size() > 1
                                ? List.of()
                                : List.of(new Undelivered(some.getFirst(), "nobody there"));
                    })
                    .ready());
            Notification notification = BusExamples.notification(UserId.random(), 1);
            node.notifications().put(List.of(notification));
            Eventually.holds(() -> assertThat(all(node.deadLetters(), null)).hasSize(1));
            ParkedLetter letter = all(node.deadLetters(), null).getFirst();
            assertThat(letter.cause()).isEqualTo(LetterCause.UNDELIVERED);
            assertThat(letter.reason()).isEqualTo("nobody there");
            assertThat(letter.addressee()).isNull();

            assertThat(node.deadLetters().putBack(letter)).isPresent();

            Eventually.holds(() -> assertThat(handedOver).containsExactly(notification, notification));
            assertThat(all(node.deadLetters(), null)).hasSize(1);
        }
    }

    @Test
    default void whatComesFromElsewhereIsPutNowhere() {
        try (Node node = connect()) {
            node.events().park(BusExamples.unreadable(new CommandPartition("elsewhere", 0), 0, Samples.trace()));
            ParkedLetter letter = all(node.deadLetters(), null).getFirst();

            assertThat(node.deadLetters().putBack(letter)).isEmpty();
        }
    }

    @Test
    default void whatLiesThereIsCounted() {
        try (Node node = connect()) {
            assertThat(node.deadLetters().extents()).allMatch(extent -> extent.first() == extent.next());
            for (int i = 0; i < 3; i++) {
                node.events().park(BusExamples.unreadable(new CommandPartition("commands", 0), i, Samples.trace()));
            }
            LetterId last = all(node.deadLetters(), null).getLast().id();

            List<Extent> extents = node.deadLetters().extents();

            assertThat(extents.stream()
                            .mapToLong(extent -> extent.next() - extent.first())
                            .sum())
                    .isEqualTo(3);
            assertThat(extents)
                    .anyMatch(extent -> extent.partition() == last.partition() && extent.next() == last.offset() + 1);
        }
    }

    @Test
    default void whoeverParksIsHeard() {
        try (Node node = connect()) {
            List<DeadLetter> heard = new CopyOnWriteArrayList<>();
            node.deadLetters().onParked(heard::add);
            DeadLetter letter = BusExamples.unreadable(new CommandPartition("commands", 0), 1, Samples.trace());
            node.events().park(letter);
            assertThat(heard).containsExactly(letter);

            await(node.notifications()
                    .deliver(some -> some.stream()
                            .map(each -> new Undelivered(each, "nobody there"))
                            .toList())
                    .ready());
            node.notifications().put(List.of(BusExamples.notification(UserId.random(), 1)));
            Eventually.holds(() -> assertThat(heard)
                    .extracting(DeadLetter::cause)
                    .containsExactly(LetterCause.UNREADABLE, LetterCause.UNDELIVERED));
        }
    }
}
