package dev.confab.testkit;

import static dev.confab.testkit.BusExamples.await;
import static dev.confab.testkit.BusExamples.posts;
import static dev.confab.testkit.BusExamples.submitAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What several nodes of one broker do together: the two-node part of {@link EventBusContract}. */
public interface EventBusNodesContract {

    /** See {@link EventBusContract#connect()}. */
    EventBus connect();

    @Test
    default void everyListenerOnEveryNodeHearsEverything() {
        try (EventBus first = connect();
                EventBus second = connect()) {
            RecordingListener here = new RecordingListener();
            RecordingListener alsoHere = new RecordingListener();
            RecordingListener there = new RecordingListener();
            await(first.listen(here).ready());
            await(first.listen(alsoHere).ready());
            await(second.listen(there).ready());
            RoomId room = RoomId.random();
            List<Publication> all = IntStream.rangeClosed(1, 100)
                    .mapToObj(seq -> BusExamples.posted(room, seq, "hi"))
                    .toList();
            first.publish(all.subList(0, 50));
            second.publish(all.subList(50, 100));
            Stream.of(here, alsoHere, there)
                    .forEach(listener ->
                            Eventually.holds(() -> assertThat(listener.heard()).isEqualTo(all)));
        }
    }

    @Test
    default void everyListenerOnEveryNodeHearsWhatHappensToRooms() {
        try (EventBus first = connect();
                EventBus second = connect()) {
            RecordingListener here = new RecordingListener();
            RecordingListener there = new RecordingListener();
            await(first.listen(here).ready());
            await(second.listen(there).ready());
            List<Publication> all = BusExamples.changes(RoomId.random(), UserId.random());
            second.publish(all);
            Stream.of(here, there)
                    .forEach(listener ->
                            Eventually.holds(() -> assertThat(listener.heard()).isEqualTo(all)));
        }
    }

    @Test
    default void workersOfSeveralNodesShareTheCommands() {
        try (EventBus first = connect();
                EventBus second = connect()) {
            RecordingWorker.Journal journal = new RecordingWorker.Journal();
            RecordingWorker here = new RecordingWorker(journal, CommandBatch::nextPosition);
            RecordingWorker there = new RecordingWorker(journal, CommandBatch::nextPosition);
            await(first.consume(here).ready());
            await(second.consume(there).ready());
            Eventually.holds(() -> assertThat(there.starts()).isNotEmpty());
            List<Command> submitted = new ArrayList<>();
            Eventually.holds(() -> {
                submitted.addAll(submitAll(first, List.of(BusExamples.post(RoomId.random(), "from here"))));
                submitted.addAll(submitAll(second, List.of(BusExamples.post(RoomId.random(), "from there"))));
                assertThat(here.batches()).isNotEmpty();
                assertThat(there.batches()).isNotEmpty();
            });
            Eventually.holds(() -> assertThat(journal.commands()).containsAll(submitted));
            assertThat(journal.doublyWorkedOn()).isEmpty();
        }
    }

    @Test
    default void workerThatClosesHandsOverWithNothingLostAndRoomsInOrder() {
        try (EventBus first = connect();
                EventBus second = connect()) {
            RecordingWorker.Journal journal = new RecordingWorker.Journal();
            RecordingWorker leaving = new RecordingWorker(journal, CommandBatch::nextPosition);
            RecordingWorker staying = new RecordingWorker(journal, CommandBatch::nextPosition);
            Subscription working = first.consume(leaving);
            await(working.ready());
            await(second.consume(staying).ready());
            List<RoomId> rooms = Stream.generate(RoomId::random).limit(12).toList();
            CompletableFuture<Void> closing = new CompletableFuture<>();
            List<Command> submitted = new ArrayList<>();
            for (int round = 0; round < 200; round++) {
                submitted.addAll(submitAll(
                        round % 2 == 0 ? first : second,
                        rooms.stream().map(room -> BusExamples.post(room, "hi")).toList()));
                if (round == 100) {
                    closing = CompletableFuture.runAsync(working::close);
                }
            }
            await(closing);
            Eventually.holds(
                    () -> assertThat(new LinkedHashSet<>(journal.commands())).hasSize(submitted.size()));
            rooms.forEach(room -> assertThat(firstOccurrences(journal.commands(), room))
                    .isEqualTo(firstOccurrences(submitted, room)));
            assertThat(leaving.batches()).isNotEmpty();
            assertThat(staying.batches()).isNotEmpty();
            assertThat(journal.doublyWorkedOn()).isEmpty();
        }
    }

    @Test
    default void workerJoinsWhileAnotherIsBusyAndNothingIsWorkedOnTwiceAtOnce() {
        try (EventBus first = connect();
                EventBus second = connect()) {
            RecordingWorker.Journal journal = new RecordingWorker.Journal();
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Void> goOn = new CompletableFuture<>();
            RecordingWorker busy = new RecordingWorker(journal, batch -> {
                begun.countDown();
                await(goOn);
                return batch.nextPosition();
            });
            RecordingWorker joining = new RecordingWorker(journal, CommandBatch::nextPosition);
            await(first.consume(busy).ready());
            List<Command> submitted = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                submitted.addAll(submitAll(first, posts(RoomId.random(), 4)));
            }
            Eventually.holds(() -> assertThat(begun.getCount()).isZero());
            CompletableFuture<Void> joined = second.consume(joining).ready().toCompletableFuture();
            goOn.complete(null);
            await(joined);
            Eventually.holds(() -> assertThat(journal.commands()).containsAll(submitted));
            assertThat(journal.doublyWorkedOn()).isEmpty();
        }
    }

    @Test
    default void nodeThatClosesLeavesItsCommandsToTheOthers() {
        List<Command> submitted = new ArrayList<>();
        try (EventBus first = connect()) {
            submitted.addAll(submitAll(first, posts(RoomId.random(), 10)));
        }
        try (EventBus second = connect()) {
            RecordingWorker worker = new RecordingWorker();
            second.consume(worker);
            Eventually.holds(() -> assertThat(worker.journal().commands()).isEqualTo(submitted));
        }
    }

    private static List<Command> firstOccurrences(List<Command> commands, RoomId room) {
        return commands.stream()
                .filter(command -> command.roomId().equals(room))
                .distinct()
                .toList();
    }
}
