package dev.confab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.EventBus.Submission;
import dev.confab.localstack.Durability;
import dev.confab.localstack.LocalStack;
import dev.confab.localstack.ServerName;
import dev.confab.testkit.BusExamples;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G10: Kafka goes away, killed, and comes back. On a broker of its own. */
class KafkaOutageIT {

    @TempDir
    private Path folder;

    private LocalStack startKafka() {
        return LocalStack.builder(folder)
                .only(ServerName.KAFKA)
                .durability(Durability.DISPOSABLE)
                .leastSpace(1)
                .endWithThisProcess()
                .start();
    }

    /** Somebody who says five hundred things a second in one room, and remembers what became of each. */
    private static final class Talker implements AutoCloseable {
        private final RoomId room = RoomId.random();
        private final List<Command> said = Collections.synchronizedList(new ArrayList<>());
        private final Map<Command, Submission> outcomes = new ConcurrentHashMap<>();
        private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

        void talk(EventBus bus) {
            Future<?> unused = pace.scheduleAtFixedRate(() -> sayTo(bus), 0, 2, TimeUnit.MILLISECONDS);
        }

        private void sayTo(EventBus bus) {
            Command command = BusExamples.post(room, Integer.toString(said.size()));
            said.add(command);
            bus.submit(command).thenAccept(outcome -> outcomes.put(command, outcome));
        }

        List<Command> said() {
            return List.of(said.toArray(Command[]::new));
        }

        void hasBeenTold(Submission... submissions) {
            Eventually.holds(() -> assertThat(Set.copyOf(outcomes.values())).contains(submissions));
        }

        Set<Command> with(Submission outcome) {
            return said().stream()
                    .filter(command -> outcomes.get(command) == outcome)
                    .collect(Collectors.toSet());
        }

        @Override
        public void close() {
            pace.close();
            Eventually.holds(() -> assertThat(outcomes.size()).isEqualTo(said.size()));
        }
    }

    @Test
    void nothingAcceptedIsLostOrReorderedAndNothingRefusedIsThereWhenTheBrokerIsKilledAndComesBack() throws Exception {
        LocalStack stack = startKafka();
        KafkaSettings settings = KafkaSettings.singleBroker(stack.kafka().bootstrapServers(), "outage");
        Collection<Command> stored = new ConcurrentLinkedQueue<>();
        Collection<Publication> heard = new ConcurrentLinkedQueue<>();
        Talker talker = new Talker();
        try (EventBus bus = KafkaEventBus.open(settings, new MutableClock())) {
            bus.consume(storingIn(stored));
            bus.listen(hearingIn(heard)).ready().toCompletableFuture().get(20, TimeUnit.SECONDS);
            talker.talk(bus);
            Eventually.holds(() -> assertThat(stored.size()).isGreaterThan(500));

            stack.close();
            talker.hasBeenTold(Submission.ACCEPTED, Submission.UNAVAILABLE);
            assertRefusesFast(bus);
            assertThatThrownBy(bus::check).isInstanceOf(BusUnavailableException.class);

            stack = startKafka();
            assertThat(stack.kafka().bootstrapServers()).isEqualTo(settings.bootstrapServers());
            int before = talker.with(Submission.ACCEPTED).size();
            Eventually.holds(
                    () -> assertThat(talker.with(Submission.ACCEPTED).size()).isGreaterThan(before + 500));
            talker.close();

            Set<Command> accepted = talker.with(Submission.ACCEPTED);
            Eventually.holds(() ->
                    assertThat(new HashSet<>(stored).containsAll(accepted)).isTrue());
            List<Command> order = stored.stream()
                    .filter(command -> command.roomId().equals(talker.room))
                    .distinct()
                    .toList();
            Set<Command> storedOnce = Set.copyOf(order);
            assertThat(Collections.disjoint(storedOnce, talker.with(Submission.UNAVAILABLE)))
                    .isTrue();
            assertThat(order)
                    .isEqualTo(
                            talker.said().stream().filter(storedOnce::contains).toList());

            Publication afterwards = BusExamples.posted(RoomId.random(), 1, "afterwards");
            bus.publish(List.of(afterwards));
            Eventually.holds(() -> assertThat(heard).containsExactly(afterwards));
        } finally {
            talker.pace.shutdownNow();
            stack.close();
        }
    }

    /** While it is known that Kafka is away, nobody waits for long, and everybody may try again. */
    private static void assertRefusesFast(EventBus bus) throws Exception {
        Eventually.holds(() -> assertThat(submit(bus, BusExamples.post(RoomId.random(), "away")))
                .isEqualTo(Submission.UNAVAILABLE));
        long before = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(submit(bus, BusExamples.post(RoomId.random(), "away"))).isEqualTo(Submission.UNAVAILABLE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    private static Submission submit(EventBus bus, Command command) throws Exception {
        return bus.submit(command).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static EventBus.CommandConsumer storingIn(Collection<Command> store) {
        return new EventBus.CommandConsumer() {
            @Override
            public long startAt(CommandPartition partition, OptionalLong committed) {
                return committed.orElse(0);
            }

            @Override
            public long handle(CommandBatch batch) {
                store.addAll(batch.entries().stream()
                        .map(entry -> ((CommandBatch.Logged) entry).command())
                        .toList());
                return batch.nextPosition();
            }
        };
    }

    private static EventBus.PublicationListener hearingIn(Collection<Publication> heard) {
        return new EventBus.PublicationListener() {
            @Override
            public boolean wants(RoomId room, @Nullable UserId user) {
                return true;
            }

            @Override
            public void onPublications(List<Publication> publications) {
                heard.addAll(publications);
            }
        };
    }
}
