package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.inmemory.InMemoryBroker;
import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.CommandRefusedException;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.Subscription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersistCommandsTest {

    private static final CommandPartition PARTITION = new CommandPartition("commands", 0);
    private static final String POISON = "poison";

    private final InMemoryStores stores = new InMemoryStores(Clock.systemUTC(), new Random(1));
    private final UserId kim = UserId.random();
    private final RoomId room = RoomId.random();
    private final Bus bus = new Bus();
    private static final StoringListener NOBODY = new StoringListener() {
        @Override
        public void begun() {
            // Nobody asks.
        }

        @Override
        public void ended(List<Publication> published) {
            // Nobody asks.
        }
    };

    private final PersistCommands worker = new PersistCommands(bus, refusing(stores.messageLog()), NOBODY);
    private int refused;

    @BeforeEach
    void makeRoom() {
        stores.users().add(new User(kim, "kim@example.org", "Kim", Instant.EPOCH), new PasswordHash("none"));
        stores.rooms()
                .create(new RoomStore.NewRoom(
                        room, "Room", Visibility.PUBLIC, null, Map.of(), kim, List.of(), Instant.EPOCH));
    }

    @Test
    void aCommandThatTheStoreRefusesIsTriedThreeTimesAndParkedAndItsNeighboursGoOn() {
        Command.Post poison = post(POISON);

        long next = worker.handle(batch(0, post("one"), poison, post("two")));

        assertThat(next).isEqualTo(3);
        assertThat(stored()).containsExactly("one", "two");
        // Once with its neighbours, then three times alone.
        assertThat(refused).isEqualTo(4);
        assertThat(bus.parked).hasSize(1);
        assertThat(bus.parked.getFirst().offset()).isEqualTo(1);
        assertThat(bus.parked.getFirst().reason()).isEqualTo("22021 refused");
        assertThat(bus.events())
                .contains(new ChatEvent.CommandRejected(room, kim, poison.clientMessageId(), Rejection.PARKED));
        assertThat(stores.messageLog().outcome(room, kim, poison.clientMessageId()))
                .contains(new Outcome.Rejected(Rejection.PARKED));
        assertThat(stores.messageLog().nextPosition(PARTITION, 3)).isEqualTo(3);
    }

    /** Offsets that the log left out before a refused command are no sign of a restored store. */
    @Test
    void aRefusedCommandBehindAHoleInTheLogIsParked() {
        var before = stores.messageLog().epoch();
        CommandBatch batch = new CommandBatch(PARTITION, 0, List.of(new CommandBatch.Logged(2, post(POISON))), 3);

        assertThat(worker.handle(batch)).isEqualTo(3);

        assertThat(bus.parked).hasSize(1);
        assertThat(stores.messageLog().nextPosition(PARTITION, 3)).isEqualTo(3);
        assertThat(stores.messageLog().epoch()).isEqualTo(before);
    }

    @Test
    void aRecordThatCannotBeReadIsParkedInItsPlace() {
        List<CommandBatch.Entry> entries = List.of(
                new CommandBatch.Logged(0, post("one")),
                new CommandBatch.Unreadable(
                        1,
                        new DeadLetter(
                                PARTITION,
                                1,
                                LetterCause.UNREADABLE,
                                null,
                                null,
                                null,
                                "AAAA",
                                "no JSON",
                                TraceId.random(new Random()))),
                new CommandBatch.Logged(2, post("two")));

        assertThat(worker.handle(new CommandBatch(PARTITION, 0, entries, 3))).isEqualTo(3);

        assertThat(stored()).containsExactly("one", "two");
        assertThat(bus.parked).extracting(DeadLetter::payload).containsExactly("AAAA");
        assertThat(stores.messageLog().nextPosition(PARTITION, 3)).isEqualTo(3);
    }

    @Test
    void whatWasStoredAndNotPublishedIsPublishedWhenItIsDeliveredAgain() {
        CommandBatch batch = batch(0, post("one"), post("two"));
        bus.away = true;
        assertThatThrownBy(() -> worker.handle(batch)).isInstanceOf(BusUnavailableException.class);
        assertThat(stored()).containsExactly("one", "two");
        assertThat(bus.events()).isEmpty();

        bus.away = false;
        assertThat(worker.handle(batch)).isEqualTo(2);
        assertThat(worker.handle(batch)).isEqualTo(2);

        assertThat(stored()).containsExactly("one", "two");
        assertThat(bus.events()).hasSize(4);
        assertThat(bus.events().subList(0, 2)).isEqualTo(bus.events().subList(2, 4));
    }

    @Test
    void aStoreThatWasRestoredIsFilledAgainFromTheLogUnderAnotherEpoch() {
        worker.handle(batch(0, post("one")));
        InMemoryStores.Backup backup = stores.backup();
        var before = stores.messageLog().epoch();
        CommandBatch lost = batch(1, post("two"));
        worker.handle(lost);
        stores.restore(backup);

        assertThat(worker.handle(batch(2, post("three")))).isEqualTo(1);
        assertThat(worker.handle(lost)).isEqualTo(2);
        assertThat(worker.handle(batch(2, post("three")))).isEqualTo(3);

        assertThat(stored()).containsExactly("one", "two", "three");
        assertThat(stores.messageLog().epoch()).isNotEqualTo(before);
    }

    @Test
    void aStoreThatWasRestoredIsFilledAgainAlthoughNobodyWritesAnyMore() {
        worker.handle(batch(0, post("one")));
        InMemoryStores.Backup backup = stores.backup();
        var before = stores.messageLog().epoch();
        CommandBatch lost = batch(1, post("two"));
        worker.handle(lost);
        assertThat(worker.idle(PARTITION, 2)).isEqualTo(2);
        assertThat(stores.messageLog().epoch()).isEqualTo(before);
        stores.restore(backup);

        assertThat(worker.idle(PARTITION, 2)).isEqualTo(1);
        assertThat(worker.handle(lost)).isEqualTo(2);

        assertThat(stored()).containsExactly("one", "two");
        assertThat(stores.messageLog().epoch()).isNotEqualTo(before);
    }

    @Test
    void aWorkerBeginsWhereTheGroupCommittedAlthoughMoreWasStored() {
        worker.handle(batch(0, post("one"), post("two")));
        assertThat(worker.startAt(PARTITION, OptionalLong.of(1))).isEqualTo(1);
        assertThat(worker.startAt(PARTITION, OptionalLong.empty())).isZero();
        assertThat(worker.startAt(PARTITION, OptionalLong.of(2))).isEqualTo(2);
    }

    private List<@Nullable String> stored() {
        return stores.messageLog().history(room, new HistoryQuery.Newest(), 100).items().stream()
                .map(Message::content)
                .toList();
    }

    private Command.Post post(String text) {
        return new Command.Post(
                room,
                kim,
                ClientMessageId.random(),
                new MessageBody(MessageType.TEXT, text),
                null,
                Instant.EPOCH,
                TraceId.random(new Random()));
    }

    private static CommandBatch batch(long offset, Command... commands) {
        List<CommandBatch.Entry> entries = new ArrayList<>();
        for (Command command : commands) {
            entries.add(new CommandBatch.Logged(offset + entries.size(), command));
        }
        return new CommandBatch(PARTITION, offset, entries, offset + entries.size());
    }

    /** A log that refuses batches with poison in them, as a database does. */
    private MessageLog refusing(MessageLog log) {
        return (MessageLog) Proxy.newProxyInstance(
                MessageLog.class.getClassLoader(), new Class<?>[] {MessageLog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("store")
                            && ((CommandBatch) arguments[0])
                                    .entries().stream().anyMatch(PersistCommandsTest::isPoison)) {
                        refused++;
                        throw new CommandRefusedException("22021 refused");
                    }
                    try {
                        return method.invoke(log, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private static boolean isPoison(CommandBatch.Entry entry) {
        return entry instanceof CommandBatch.Logged logged
                && logged.command() instanceof Command.Post post
                && post.body().content().equals(POISON);
    }

    /** A bus that keeps what it is given, and may be away. */
    private static final class Bus implements EventBus {
        private final EventBus broker = new InMemoryBroker().connect();
        private final List<Publication> published = new ArrayList<>();
        private final List<DeadLetter> parked = new ArrayList<>();
        private boolean away;

        List<ChatEvent> events() {
            return published.stream().map(Publication::event).toList();
        }

        @Override
        public CompletionStage<Submission> submit(Command command) {
            return broker.submit(command);
        }

        @Override
        public void publish(List<Publication> publications) {
            if (away) {
                throw new BusUnavailableException("away");
            }
            published.addAll(publications);
        }

        @Override
        public void park(DeadLetter letter) {
            parked.add(letter);
        }

        @Override
        public Subscription consume(CommandConsumer consumer) {
            return broker.consume(consumer);
        }

        @Override
        public Subscription listen(PublicationListener listener) {
            return broker.listen(listener);
        }

        @Override
        public void check() {
            broker.check();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
