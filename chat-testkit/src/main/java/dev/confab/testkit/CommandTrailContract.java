package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceStep;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandTrail;
import dev.confab.chat.port.out.CommandTrail.Search;
import dev.confab.chat.port.out.CommandTrail.Trail;
import dev.confab.chat.port.out.EventBus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link CommandTrail} does. */
public interface CommandTrailContract {

    /** A node on the broker of the running test, which nobody else uses. The test closes it. */
    Node connect();

    /** What belongs together on one node. */
    interface Node extends AutoCloseable {

        /** Where commands are submitted. */
        EventBus events();

        /** The one under test. */
        CommandTrail trail();

        @Override
        default void close() {
            events().close();
        }
    }

    private static Search search(ClientMessageId name, @Nullable RoomId room, long most) {
        return new Search(name, room, Instant.EPOCH, most);
    }

    @Test
    default void eachTimeThatACommandWasAcceptedIsFound() {
        try (Node node = connect()) {
            RoomId room = RoomId.random();
            Command.Post post = BusExamples.post(room, UserId.random(), "hi");
            List<Command> all = new ArrayList<>(BusExamples.posts(room, 10));
            all.add(post);
            all.addAll(BusExamples.posts(RoomId.random(), 10));
            all.add(post);
            BusExamples.submitAll(node.events(), all);

            Trail trail = node.trail().find(search(post.commandId(), null, 1_000), looked -> {});

            assertThat(trail.complete()).isTrue();
            assertThat(trail.looked()).isEqualTo(22);
            assertThat(trail.steps()).hasSize(2).allSatisfy(step -> {
                TraceStep.Accepted accepted = (TraceStep.Accepted) step;
                assertThat(accepted.roomId()).isEqualTo(room);
                assertThat(accepted.senderId()).isEqualTo(post.senderId());
                assertThat(accepted.traceId()).isEqualTo(post.traceId());
                assertThat(accepted.readable()).isTrue();
                assertThat(accepted.replayed()).isFalse();
            });
            assertThat(trail.steps().stream().map(step -> step.place().offset()).distinct())
                    .hasSize(2);
        }
    }

    @Test
    default void whatLiesElsewhereOrIsNamedOtherwiseIsNotFound() {
        try (Node node = connect()) {
            Command.Post post = BusExamples.post(RoomId.random(), UserId.random(), "hi");
            BusExamples.submitAll(node.events(), List.of(post));

            assertThat(node.trail()
                            .find(search(ClientMessageId.random(), null, 1_000), looked -> {})
                            .steps())
                    .isEmpty();
            assertThat(node.trail()
                            .find(search(post.commandId(), RoomId.random(), 1_000), looked -> {})
                            .steps())
                    .isEmpty();
            assertThat(node.trail()
                            .find(search(post.commandId(), post.roomId(), 1_000), looked -> {})
                            .steps())
                    .hasSize(1);
        }
    }

    @Test
    default void aSearchEndsWhenItHasLookedAtEnough() {
        try (Node node = connect()) {
            BusExamples.submitAll(node.events(), BusExamples.posts(RoomId.random(), 50));

            Trail trail = node.trail().find(search(ClientMessageId.random(), null, 1), looked -> {});

            assertThat(trail.steps()).isEmpty();
            assertThat(trail.looked()).isPositive();
            if (trail.looked() < 50) {
                assertThat(trail.complete()).isFalse();
            }
        }
    }
}
