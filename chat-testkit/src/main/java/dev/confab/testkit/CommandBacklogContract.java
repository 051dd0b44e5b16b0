package dev.confab.testkit;

import static dev.confab.testkit.BusExamples.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.CommandBacklog;
import dev.confab.chat.port.out.CommandBacklog.Waiting;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.EventBus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link CommandBacklog} does. */
public interface CommandBacklogContract {

    /** A node on the broker of the running test, which nobody else uses. The test closes it. */
    Node connect();

    /** What belongs together on one node. */
    interface Node extends AutoCloseable {

        /** Where commands are submitted and worked on. */
        EventBus events();

        /** The one under test. */
        CommandBacklog backlog();

        @Override
        default void close() {
            events().close();
        }
    }

    Waiting NOTHING = new Waiting(0, Duration.ZERO);

    @Test
    default void whatNobodyFinishedWaits() {
        try (Node node = connect()) {
            assertThat(node.backlog().measure()).isEqualTo(NOTHING);
            BusExamples.submitAll(
                    node.events(),
                    IntStream.range(0, 20)
                            .mapToObj(i -> BusExamples.post(RoomId.random(), "hi"))
                            .toList());

            Waiting waiting = node.backlog().measure();

            assertThat(waiting.commands()).isEqualTo(20);
            assertThat(waiting.oldest()).isPositive();
        }
    }

    @Test
    default void nothingWaitsWhenAllIsFinished() {
        try (Node node = connect()) {
            CompletableFuture<Void> goOn = new CompletableFuture<>();
            RecordingWorker worker = new RecordingWorker(batch -> {
                await(goOn);
                return batch.nextPosition();
            });
            await(node.events().consume(worker).ready());
            BusExamples.submitAll(node.events(), BusExamples.posts(RoomId.random(), 5));
            assertThat(node.backlog().measure().commands()).as("under way").isEqualTo(5);

            goOn.complete(null);

            Eventually.holds(() -> assertThat(node.backlog().measure()).isEqualTo(NOTHING));
            assertThat(worker.batches().stream().map(CommandBatch::entries)).isNotEmpty();
        }
    }
}
