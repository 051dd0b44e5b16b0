package dev.confab.testkit;

import static dev.confab.testkit.BusExamples.await;
import static dev.confab.testkit.BusExamples.posts;
import static dev.confab.testkit.BusExamples.submitAll;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link EventBusContract} that is about commands and the worker who works on them. */
public interface EventBusCommandsContract {

    /** See {@link EventBusContract#connect()}. */
    EventBus connect();

    @Test
    default void acceptedCommandReachesTheWorkerUnchanged() {
        try (EventBus bus = connect()) {
            RecordingWorker worker = new RecordingWorker();
            await(bus.consume(worker).ready());
            RoomId room = RoomId.random();
            List<Command> commands = List.of(
                    BusExamples.post(room, "안녕하세요 👋 \"quoted\"\n\u0001"),
                    BusExamples.edit(room, UserId.random(), "안녕 👋"),
                    BusExamples.delete(room, UserId.random()),
                    BusExamples.announce(room, "Kim joined 👋"));
            submitAll(bus, commands);
            Eventually.holds(() -> assertThat(worker.journal().commands()).isEqualTo(commands));
        }
    }

    @Test
    default void commandsWaitForAWorker() {
        try (EventBus bus = connect()) {
            List<Command> commands = submitAll(bus, posts(RoomId.random(), 20));
            RecordingWorker worker = new RecordingWorker();
            bus.consume(worker);
            Eventually.holds(() -> assertThat(worker.journal().commands()).isEqualTo(commands));
            assertThat(worker.starts())
                    .allSatisfy(start -> assertThat(start.committed()).isEmpty());
        }
    }

    @Test
    default void commandsOfOneRoomKeepTheirOrder() {
        try (EventBus bus = connect()) {
            RecordingWorker worker = new RecordingWorker();
            await(bus.consume(worker).ready());
            RoomId room = RoomId.random();
            List<Command> commands = posts(room, 2_000);
            List<Command> all = new ArrayList<>();
            commands.forEach(command -> {
                all.add(command);
                all.add(BusExamples.post(RoomId.random(), "between"));
            });
            submitAll(bus, all);
            Eventually.holds(() -> assertThat(worker.journal().commands()).hasSize(all.size()));
            assertThat(worker.journal().commands())
                    .filteredOn(command -> command.roomId().equals(room))
                    .isEqualTo(commands);
        }
    }

    @Test
    default void batchesOfAPartitionFollowEachOtherWithoutAHole() {
        try (EventBus bus = connect()) {
            RecordingWorker worker = new RecordingWorker();
            await(bus.consume(worker).ready());
            RoomId room = RoomId.random();
            for (int round = 1; round <= 3; round++) {
                submitAll(bus, posts(room, 100));
                int expected = round * 100;
                Eventually.holds(() -> assertThat(worker.journal().commands()).hasSize(expected));
            }
            long position = 0;
            for (CommandBatch batch : worker.batches()) {
                assertThat(batch.position()).isEqualTo(position);
                assertThat(batch.entries())
                        .extracting(CommandBatch.Entry::offset)
                        .isSorted();
                assertThat(batch.entries().getFirst().offset()).isEqualTo(position);
                assertThat(batch.nextPosition())
                        .isEqualTo(batch.entries().getLast().offset() + 1);
                position = batch.nextPosition();
            }
        }
    }

    @Test
    default void batchThatFailedIsDeliveredAgainAndNothingIsSkipped() {
        try (EventBus bus = connect()) {
            List<Command> commands = submitAll(bus, posts(RoomId.random(), 10));
            AtomicInteger failures = new AtomicInteger(2);
            RecordingWorker worker = new RecordingWorker(batch -> {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("the store is away");
                }
                return batch.nextPosition();
            });
            bus.consume(worker);
            Eventually.holds(() -> assertThat(worker.journal().commands()).isEqualTo(commands));
        }
    }

    @Test
    default void earlierPositionIsReadAgainFromThere() {
        try (EventBus bus = connect()) {
            AtomicBoolean wentBack = new AtomicBoolean();
            RecordingWorker worker = new RecordingWorker(batch ->
                    batch.nextPosition() == 5 && wentBack.compareAndSet(false, true) ? 3 : batch.nextPosition());
            await(bus.consume(worker).ready());
            RoomId room = RoomId.random();
            List<Command> commands = submitAll(bus, posts(room, 5));
            List<Command> expected = new ArrayList<>(commands);
            expected.addAll(commands.subList(3, 5));
            Eventually.holds(() -> assertThat(worker.journal().commands()).isEqualTo(expected));
            Command next = BusExamples.post(room, "next");
            expected.add(next);
            submitAll(bus, List.of(next));
            Eventually.holds(() -> assertThat(worker.journal().commands()).isEqualTo(expected));
            assertThat(worker.batches()).extracting(CommandBatch::position).contains(3L);
        }
    }

    @Test
    default void whereNothingComesTheWorkerIsAskedWhetherSomethingWasUndone() {
        try (EventBus bus = connect()) {
            RecordingWorker worker = new RecordingWorker();
            AtomicBoolean undone = new AtomicBoolean();
            await(bus.consume(new EventBus.CommandConsumer() {
                        @Override
                        public long startAt(CommandPartition partition, OptionalLong committed) {
                            return worker.startAt(partition, committed);
                        }

                        @Override
                        public long handle(CommandBatch batch) {
                            return worker.handle(batch);
                        }

                        @Override
                        public long idle(CommandPartition partition, long position) {
                            return position == 10 && undone.compareAndSet(false, true) ? 6 : position;
                        }
                    })
                    .ready());
            List<Command> commands = submitAll(bus, posts(RoomId.random(), 10));
            List<Command> expected = new ArrayList<>(commands);
            expected.addAll(commands.subList(6, 10));

            Eventually.holds(() -> assertThat(worker.journal().commands()).isEqualTo(expected));
        }
    }

    @Test
    default void partitionIsStartedAgainWhenTheStartFailed() {
        try (EventBus bus = connect()) {
            List<Command> commands = submitAll(bus, posts(RoomId.random(), 10));
            AtomicInteger failures = new AtomicInteger(1);
            RecordingWorker worker = new RecordingWorker();
            bus.consume(new EventBus.CommandConsumer() {
                @Override
                public long startAt(CommandPartition partition, OptionalLong committed) {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("the store is away");
                    }
                    return worker.startAt(partition, committed);
                }

                @Override
                public long handle(CommandBatch batch) {
                    return worker.handle(batch);
                }
            });
            Eventually.holds(() -> assertThat(worker.journal().commands()).isEqualTo(commands));
        }
    }

    @Test
    default void nextWorkerBeginsWhereTheLastOneEnded() {
        try (EventBus bus = connect()) {
            RoomId room = RoomId.random();
            RecordingWorker first = new RecordingWorker();
            List<Command> early = submitAll(bus, posts(room, 10));
            try (Subscription working = bus.consume(first)) {
                await(working.ready());
                Eventually.holds(() -> assertThat(first.journal().commands()).isEqualTo(early));
            }
            List<Command> late = submitAll(bus, posts(room, 10));
            RecordingWorker second = new RecordingWorker();
            bus.consume(second);
            Eventually.holds(() -> assertThat(second.journal().commands()).isEqualTo(late));
            CommandBatch batch = second.batches().getFirst();
            assertThat(batch.position()).isEqualTo(10);
            assertThat(second.starts())
                    .filteredOn(start -> start.partition().equals(batch.partition()))
                    .singleElement()
                    .satisfies(start -> assertThat(start.committed()).hasValue(10));
        }
    }

    /** The same worker, beginning elsewhere. */
    private static EventBus.CommandConsumer beginning(RecordingWorker worker, ToLongFunction<OptionalLong> place) {
        return new EventBus.CommandConsumer() {
            @Override
            public long startAt(CommandPartition partition, OptionalLong committed) {
                return place.applyAsLong(committed);
            }

            @Override
            public long handle(CommandBatch batch) {
                return worker.handle(batch);
            }
        };
    }

    @Test
    default void workerMayBeginBeforeWhatTheGroupCommitted() {
        try (EventBus bus = connect()) {
            RecordingWorker first = new RecordingWorker();
            List<Command> commands = submitAll(bus, posts(RoomId.random(), 10));
            try (Subscription working = bus.consume(first)) {
                await(working.ready());
                Eventually.holds(() -> assertThat(first.journal().commands()).isEqualTo(commands));
            }
            RecordingWorker again = new RecordingWorker();
            bus.consume(beginning(again, committed -> committed.orElse(0) > 0 ? 4 : 0));
            Eventually.holds(() -> assertThat(again.journal().commands()).isEqualTo(commands.subList(4, 10)));
            assertThat(again.batches().getFirst().position()).isEqualTo(4);
        }
    }

    /** What was reached is how a restored store is known, also by a worker that was not there before. */
    @Test
    default void theGroupsPositionStaysWhileTheWorkIsDoneAgain() {
        try (EventBus bus = connect()) {
            RecordingWorker first = new RecordingWorker();
            List<Command> commands = submitAll(bus, posts(RoomId.random(), 1_500));
            try (Subscription working = bus.consume(first)) {
                await(working.ready());
                Eventually.holds(() -> assertThat(first.journal().commands()).isEqualTo(commands));
            }
            AtomicBoolean refused = new AtomicBoolean();
            RecordingWorker again = new RecordingWorker(batch -> {
                if (batch.position() > 0) {
                    refused.set(true);
                    throw new IllegalStateException("this worker comes no farther");
                }
                return batch.nextPosition();
            });
            try (Subscription working = bus.consume(beginning(again, committed -> 0))) {
                await(working.ready());
                Eventually.holds(() -> assertThat(refused).isTrue());
            }
            CommandBatch done = again.batches().getFirst();
            assertThat(done.nextPosition()).isLessThan(1_500);
            RecordingWorker last = new RecordingWorker();
            await(bus.consume(last).ready());
            Eventually.holds(() -> assertThat(last.starts())
                    .filteredOn(start -> start.partition().equals(done.partition()))
                    .singleElement()
                    .satisfies(start -> assertThat(start.committed()).hasValue(1_500)));
        }
    }

    @Test
    default void partitionsAreWorkedOnInParallelAndEachByOneThread() {
        try (EventBus bus = connect()) {
            CyclicBarrier bothAtOnce = new CyclicBarrier(2);
            Set<CommandPartition> firstTwo = new HashSet<>();
            RecordingWorker worker = new RecordingWorker(batch -> {
                boolean meets;
                synchronized (firstTwo) {
                    meets = firstTwo.size() < 2 && firstTwo.add(batch.partition());
                }
                if (meets) {
                    meet(bothAtOnce);
                }
                return batch.nextPosition();
            });
            await(bus.consume(worker).ready());
            List<Command> commands = IntStream.range(0, 64)
                    .<Command>mapToObj(i -> BusExamples.post(RoomId.random(), "hi"))
                    .toList();
            submitAll(bus, commands);
            Eventually.holds(
                    () -> assertThat(worker.journal().commands()).containsExactlyInAnyOrderElementsOf(commands));
            assertThat(worker.journal().doublyWorkedOn()).isEmpty();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(Eventually.PATIENCE.toMillis(), MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("the other partition was not worked on meanwhile", e);
        }
    }
}
