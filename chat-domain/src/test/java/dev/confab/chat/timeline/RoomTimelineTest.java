package dev.confab.chat.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class RoomTimelineTest {

    private static final RoomId ROOM = new RoomId(new UUID(7, 7));
    private static final int USERS = 4;

    /**
     * What happens to a room in one transaction.
     *
     * @param clock what the worker's clock shows, in milliseconds
     * @param members which of the users are in the room by then
     */
    record Batch(List<Send> sends, long clock, Set<Integer> members, boolean closed) {}

    /**
     * A send.
     *
     * @param name the sender's name for it; few, so that repeats are common
     * @param replyTo the place of the message it answers, which need not exist; none when negative
     */
    record Send(int user, int name, int replyTo, boolean system) {}

    /** A room as a store keeps it. */
    private static final class Ledger {
        private final List<Message> messages = new ArrayList<>();
        private final Map<CommandKey, Outcome> outcomes = new HashMap<>();
        private long ord;

        LockedRoom lock(Batch batch) {
            Map<UserId, LockedRoom.Member> members = new HashMap<>();
            batch.members().forEach(user -> members.put(user(user), new LockedRoom.Member("u" + user, Role.MEMBER)));
            Map<MessageId, Message> targets = new HashMap<>();
            messages.forEach(message -> targets.put(message.id(), message));
            return new LockedRoom(
                    ROOM,
                    batch.closed() ? RoomStatus.CLOSED : RoomStatus.OPEN,
                    new Sequence(messages.size()),
                    ord,
                    messages.isEmpty() ? null : messages.getLast().id(),
                    members,
                    Map.copyOf(outcomes),
                    targets,
                    Map.of());
        }

        List<Command> commands(Batch batch) {
            return batch.sends().stream()
                    .<Command>map(send -> new Command.Post(
                            ROOM,
                            user(send.user()),
                            new ClientMessageId(new UUID(1, send.name())),
                            new MessageBody(send.system() ? MessageType.SYSTEM : MessageType.TEXT, "text"),
                            target(send.replyTo()),
                            Instant.EPOCH,
                            new TraceId("0".repeat(32))))
                    .toList();
        }

        private @Nullable MessageId target(int place) {
            if (place < 0) {
                return null;
            }
            return place < messages.size() ? messages.get(place).id() : new MessageId(0, place);
        }

        void write(Decision decision) {
            for (Decision.Entry entry : decision.entries()) {
                if (entry.fresh()) {
                    assertThat(outcomes.put(entry.key(), entry.outcome())).isNull();
                    if (entry.outcome() instanceof Outcome.Persisted(Message message)) {
                        messages.add(message);
                    }
                }
            }
            ord = decision.ord();
        }
    }

    private static UserId user(int number) {
        return new UserId(new UUID(2, number));
    }

    @Provide
    Arbitrary<List<Batch>> batches() {
        Arbitrary<Send> sends = Combinators.combine(
                        Arbitraries.integers().between(0, USERS - 1),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(-20, 8),
                        Arbitraries.of(false, false, false, true))
                .as(Send::new);
        Arbitrary<Batch> batch = Combinators.combine(
                        sends.list().ofMaxSize(12),
                        Arbitraries.longs().between(-5, 5_000_000_000_000L),
                        Arbitraries.integers().between(0, USERS - 1).set(),
                        Arbitraries.of(false, false, false, false, true))
                .as(Batch::new);
        return batch.list().ofMaxSize(8);
    }

    private static Decision decide(Ledger ledger, Batch batch, long seed) {
        return RoomTimeline.decide(
                ledger.lock(batch), ledger.commands(batch), Instant.ofEpochMilli(batch.clock()), new Random(seed));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void placesAreGaplessAndIdsRiseWhateverTheClocksShow(@ForAll("batches") List<Batch> batches, @ForAll long seed) {
        Ledger ledger = new Ledger();
        for (Batch batch : batches) {
            Decision decision = decide(ledger, batch, seed);
            ledger.write(decision);

            assertThat(decision.lastSeq().value()).isEqualTo(ledger.messages.size());
            assertThat(decision.lastMessageId())
                    .isEqualTo(
                            ledger.messages.isEmpty()
                                    ? null
                                    : ledger.messages.getLast().id());
        }
        for (int i = 0; i < ledger.messages.size(); i++) {
            Message message = ledger.messages.get(i);
            assertThat(message.seq()).isEqualTo(new Sequence(i + 1L));
            assertThat(message.createdAt()).isEqualTo(message.id().createdAt());
            if (i > 0) {
                assertThat(message.id())
                        .isGreaterThan(ledger.messages.get(i - 1).id());
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aCommandKeepsItsFirstOutcomeForEver(@ForAll("batches") List<Batch> batches, @ForAll long seed) {
        Ledger ledger = new Ledger();
        Map<CommandKey, Outcome> first = new HashMap<>();
        for (Batch batch : batches) {
            Decision decision = decide(ledger, batch, seed);
            for (Decision.Entry entry : decision.entries()) {
                Outcome known = first.putIfAbsent(entry.key(), entry.outcome());
                assertThat(entry.fresh()).isEqualTo(known == null);
                assertThat(entry.outcome()).isEqualTo(known == null ? entry.outcome() : known);
            }
            ledger.write(decision);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyCommandEndsInItsOwnPlaceOfTheAnswer(@ForAll("batches") List<Batch> batches, @ForAll long seed) {
        Ledger ledger = new Ledger();
        for (Batch batch : batches) {
            Decision decision = decide(ledger, batch, seed);

            assertThat(decision.entries())
                    .extracting(Decision.Entry::key)
                    .containsExactlyElementsOf(
                            ledger.commands(batch).stream().map(CommandKey::of).toList());
            ledger.write(decision);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void onlyMembersOfAnOpenRoomWriteAnythingNew(@ForAll("batches") List<Batch> batches, @ForAll long seed) {
        Ledger ledger = new Ledger();
        for (Batch batch : batches) {
            Decision decision = decide(ledger, batch, seed);
            List<Command> commands = ledger.commands(batch);
            for (int i = 0; i < commands.size(); i++) {
                Decision.Entry entry = decision.entries().get(i);
                if (!entry.fresh()) {
                    continue;
                }
                Send send = batch.sends().get(i);
                if (!batch.members().contains(send.user())) {
                    assertThat(entry.outcome()).isEqualTo(new Outcome.Rejected(Rejection.NOT_A_MEMBER));
                } else if (batch.closed()) {
                    assertThat(entry.outcome()).isEqualTo(new Outcome.Rejected(Rejection.ROOM_CLOSED));
                } else if (send.replyTo() >= ledger.messages.size()) {
                    assertThat(entry.outcome()).isEqualTo(new Outcome.Rejected(Rejection.MESSAGE_NOT_FOUND));
                } else {
                    assertThat(entry.outcome()).isInstanceOf(Outcome.Persisted.class);
                }
            }
            ledger.write(decision);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void peoplesMessagesAreCountedAndTheServersAreNot(@ForAll("batches") List<Batch> batches, @ForAll long seed) {
        Ledger ledger = new Ledger();
        Map<MessageId, Long> ords = new HashMap<>();
        for (Batch batch : batches) {
            Decision decision = decide(ledger, batch, seed);
            for (Decision.Entry entry : decision.entries()) {
                if (entry.fresh() && entry.outcome() instanceof Outcome.Persisted(Message message)) {
                    ords.put(message.id(), entry.ord());
                }
            }
            ledger.write(decision);
            assertThat(decision.ord()).isEqualTo(people(ledger.messages));
        }
        for (Message message : ledger.messages) {
            assertThat(ords.get(message.id())).isEqualTo(people(ledger.messages.subList(0, (int)
                    message.seq().value())));
        }
    }

    private static long people(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.type() != MessageType.SYSTEM)
                .count();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theSameInputGivesTheSameDecision(@ForAll("batches") List<Batch> batches, @ForAll long seed) {
        Ledger ledger = new Ledger();
        for (Batch batch : batches) {
            Decision decision = decide(ledger, batch, seed);

            assertThat(decide(ledger, batch, seed)).isEqualTo(decision);
            ledger.write(decision);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void decidingOneByOneIsDecidingTogether(@ForAll("batches") List<Batch> batches, @ForAll long seed) {
        Ledger together = new Ledger();
        Ledger oneByOne = new Ledger();
        for (Batch batch : batches) {
            // Answers name messages of earlier batches alone: what a place means must not change within one.
            Random random = new Random(seed);
            List<Command> commands = together.commands(batch);
            Decision decision = RoomTimeline.decide(
                    together.lock(batch), commands, Instant.ofEpochMilli(batch.clock()), new Random(seed));
            for (Command command : commands) {
                oneByOne.write(RoomTimeline.decide(
                        oneByOne.lock(batch), List.of(command), Instant.ofEpochMilli(batch.clock()), random));
            }
            together.write(decision);

            assertThat(oneByOne.messages).isEqualTo(together.messages);
            assertThat(oneByOne.outcomes).isEqualTo(together.outcomes);
            assertThat(oneByOne.ord).isEqualTo(together.ord);
        }
    }

    @Example
    void aMessageOfTheSameBatchMayBeAnswered() {
        Ledger ledger = new Ledger();
        Batch batch = new Batch(List.of(new Send(0, 0, -1, false)), 1_000, Set.of(0), false);
        MessageId first = MessageId.after(null, Instant.ofEpochMilli(1_000), new Random(5));
        List<Command> commands = new ArrayList<>(ledger.commands(batch));
        commands.add(new Command.Post(
                ROOM,
                user(0),
                new ClientMessageId(new UUID(1, 1)),
                new MessageBody(MessageType.TEXT, "answer"),
                first,
                Instant.EPOCH,
                new TraceId("0".repeat(32))));

        Decision decision =
                RoomTimeline.decide(ledger.lock(batch), commands, Instant.ofEpochMilli(1_000), new Random(5));

        assertThat(decision.entries().get(1).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Persisted.class,
                        persisted -> assertThat(persisted.message().replyTo()).isEqualTo(first));
    }

    @Example
    void inARoomThatDoesNotExistOnlyKnownOutcomesRemain() {
        Ledger ledger = new Ledger();
        List<Command> commands = ledger.commands(
                new Batch(List.of(new Send(0, 0, -1, false), new Send(0, 1, -1, false)), 0, Set.of(), false));
        Outcome known = new Outcome.Rejected(Rejection.PARKED);

        Decision decision = RoomTimeline.decide(
                LockedRoom.missing(ROOM, Map.of(CommandKey.of(commands.get(0)), known)),
                commands,
                Instant.EPOCH,
                new Random(1));

        assertThat(decision.entries())
                .extracting(Decision.Entry::outcome)
                .containsExactly(known, new Outcome.Rejected(Rejection.ROOM_NOT_FOUND));
        assertThat(decision.lastSeq()).isEqualTo(Sequence.NONE);
    }
}
