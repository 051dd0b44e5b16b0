package dev.confab.chat.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageChange;
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
import dev.confab.chat.permission.RoomAction;
import dev.confab.chat.permission.RoomKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

final class MessageChangesTest {

    private static final RoomId ROOM = new RoomId(new UUID(7, 7));
    private static final UserId MEMBER = new UserId(new UUID(2, 0));
    private static final UserId ADMIN = new UserId(new UUID(2, 1));
    private static final UserId OTHER = new UserId(new UUID(2, 2));
    private static final Instant NOW = Instant.ofEpochMilli(5_000);
    private static final MessageId ID = new MessageId(9_000L << 16, 1);
    private static final Map<UserId, LockedRoom.Member> MEMBERS = Map.of(
            MEMBER, new LockedRoom.Member("member", Role.MEMBER),
            ADMIN, new LockedRoom.Member("admin", Role.ADMIN),
            OTHER, new LockedRoom.Member("other", Role.MEMBER));

    private static Message message(MessageType type, @Nullable Instant deletedAt) {
        return new Message(
                ID,
                new Sequence(3),
                ROOM,
                type == MessageType.SYSTEM ? null : MEMBER,
                "member",
                ClientMessageId.random(),
                type,
                deletedAt == null ? "text" : null,
                null,
                List.of(OTHER),
                ID.createdAt(),
                null,
                deletedAt);
    }

    private static Outcome decide(RoomStatus status, Message message, Command command) {
        LockedRoom room = new LockedRoom(
                ROOM,
                status,
                new Sequence(3),
                3,
                ID,
                MEMBERS,
                Map.of(),
                Map.of(message.id(), message),
                Map.of("admin", Set.of(ADMIN)));
        return RoomTimeline.decide(room, List.of(command), NOW, new Random(1))
                .entries()
                .getFirst()
                .outcome();
    }

    private static Command.Edit edit(UserId sender, String content) {
        return new Command.Edit(ROOM, sender, ClientMessageId.random(), ID, content, NOW, new TraceId("0".repeat(32)));
    }

    private static Command.Delete delete(UserId sender) {
        return new Command.Delete(ROOM, sender, ClientMessageId.random(), ID, NOW, new TraceId("0".repeat(32)));
    }

    @Example
    void theAuthorEditsAndNobodyElse() {
        Message message = message(MessageType.TEXT, null);

        assertThat(decide(RoomStatus.OPEN, message, edit(MEMBER, "@admin")))
                .isInstanceOfSatisfying(Outcome.Changed.class, changed -> {
                    assertThat(changed.change()).isEqualTo(MessageChange.EDIT);
                    assertThat(changed.changeSeq()).isEqualTo(new Sequence(4));
                    assertThat(changed.message().content()).isEqualTo("@admin");
                    assertThat(changed.message().mentions()).containsExactly(ADMIN);
                });
        for (UserId sender : List.of(ADMIN, OTHER)) {
            assertThat(decide(RoomStatus.OPEN, message, edit(sender, "x")))
                    .isEqualTo(new Outcome.Rejected(Rejection.FORBIDDEN));
        }
    }

    @Example
    void theAuthorAndWhoIsAboveMembersDelete() {
        Message message = message(MessageType.TEXT, null);

        for (UserId sender : List.of(MEMBER, ADMIN)) {
            assertThat(decide(RoomStatus.OPEN, message, delete(sender)))
                    .isInstanceOfSatisfying(Outcome.Changed.class, changed -> {
                        assertThat(changed.change()).isEqualTo(MessageChange.DELETE);
                        assertThat(changed.message().content()).isNull();
                        assertThat(changed.message().mentions()).isEmpty();
                    });
        }
        assertThat(decide(RoomStatus.OPEN, message, delete(OTHER)))
                .isEqualTo(new Outcome.Rejected(Rejection.FORBIDDEN));
    }

    @Example
    void whoDeletesWhatOthersSaidIsWhoTheTableOfPermissionsSays() {
        for (Role role : Role.values()) {
            LockedRoom room = new LockedRoom(
                    ROOM,
                    RoomStatus.OPEN,
                    new Sequence(3),
                    3,
                    ID,
                    Map.of(OTHER, new LockedRoom.Member("other", role)),
                    Map.of(),
                    Map.of(ID, message(MessageType.TEXT, null)),
                    Map.of());
            Outcome outcome = RoomTimeline.decide(room, List.of(delete(OTHER)), NOW, new Random(1))
                    .entries()
                    .getFirst()
                    .outcome();
            for (RoomKind kind : List.of(RoomKind.PUBLIC, RoomKind.PRIVATE)) {
                assertThat(outcome instanceof Outcome.Changed)
                        .isEqualTo(
                                RoomAction.DELETE_OF_OTHERS.refusal(kind, role).isEmpty());
            }
        }
    }

    @Example
    void nobodyEditsWhatTheServerSaid() {
        assertThat(decide(RoomStatus.OPEN, message(MessageType.SYSTEM, null), edit(MEMBER, "x")))
                .isEqualTo(new Outcome.Rejected(Rejection.FORBIDDEN));
    }

    @Example
    void aDeletedMessageAndAClosedRoomStayAsTheyAre() {
        for (Command command : List.of(edit(MEMBER, "x"), delete(MEMBER), delete(ADMIN))) {
            assertThat(decide(RoomStatus.OPEN, message(MessageType.TEXT, NOW), command))
                    .isEqualTo(new Outcome.Rejected(Rejection.MESSAGE_NOT_FOUND));
            assertThat(decide(RoomStatus.CLOSED, message(MessageType.TEXT, null), command))
                    .isEqualTo(new Outcome.Rejected(Rejection.ROOM_CLOSED));
        }
    }

    @Example
    void aMessageIsNotChangedBeforeItWasThereThoughTheClockSaysSo() {
        assertThat(decide(RoomStatus.OPEN, message(MessageType.TEXT, null), edit(MEMBER, "x")))
                .isInstanceOfSatisfying(
                        Outcome.Changed.class,
                        changed -> assertThat(changed.message().editedAt()).isEqualTo(ID.createdAt()));
    }

    /** A step of a history: who does what to which message, under which name. Few of each, so that much repeats. */
    record Step(int user, int name, int kind, int target) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 12))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyMessageAndEveryChangeTakesTheNextPlaceAndNothingElseDoes(@ForAll("steps") List<Step> steps) {
        Map<CommandKey, Outcome> known = new HashMap<>();
        Map<MessageId, Message> messages = new HashMap<>();
        List<MessageId> order = new ArrayList<>();
        Set<MessageId> deleted = new HashSet<>();
        Sequence head = Sequence.NONE;
        long ord = 0;
        for (Step step : steps) {
            Command command = command(step, order);
            LockedRoom room = new LockedRoom(
                    ROOM,
                    RoomStatus.OPEN,
                    head,
                    ord,
                    order.isEmpty() ? null : order.getLast(),
                    MEMBERS,
                    Map.copyOf(known),
                    Map.copyOf(messages),
                    Map.of());

            Decision decision = RoomTimeline.decide(room, List.of(command), NOW, new Random(step.name()));

            Decision.Entry entry = decision.entries().getFirst();
            assertThat(entry.fresh()).isEqualTo(!known.containsKey(entry.key()));
            boolean moves = entry.fresh() && !(entry.outcome() instanceof Outcome.Rejected);
            assertThat(decision.lastSeq()).isEqualTo(moves ? head.next() : head);
            if (entry.fresh()) {
                known.put(entry.key(), entry.outcome());
                switch (entry.outcome()) {
                    case Outcome.Persisted(Message message) -> {
                        messages.put(message.id(), message);
                        order.add(message.id());
                    }
                    case Outcome.Changed(Message message, MessageChange change, Sequence seq) -> {
                        assertThat(seq).isEqualTo(decision.lastSeq());
                        assertThat(deleted).doesNotContain(message.id());
                        assertThat(messages.get(message.id()))
                                .isNotNull()
                                .extracting(Message::seq)
                                .isEqualTo(message.seq());
                        messages.put(message.id(), message);
                        if (change == MessageChange.DELETE) {
                            deleted.add(message.id());
                        }
                    }
                    case Outcome.Rejected rejected -> {}
                }
            } else {
                assertThat(entry.outcome()).isEqualTo(known.get(entry.key()));
            }
            head = decision.lastSeq();
            ord = decision.ord();
            assertThat(ord).isEqualTo(order.size());
        }
        for (Message message : messages.values()) {
            assertThat(message.content() == null).isEqualTo(deleted.contains(message.id()));
        }
    }

    private static Command command(Step step, List<MessageId> order) {
        UserId sender = new UserId(new UUID(2, step.user()));
        ClientMessageId name = new ClientMessageId(new UUID(1, step.name()));
        MessageId target = step.target() < order.size() ? order.get(step.target()) : new MessageId(0, step.target());
        TraceId trace = new TraceId("0".repeat(32));
        return switch (step.kind()) {
            case 0 -> new Command.Post(ROOM, sender, name, new MessageBody(MessageType.TEXT, "x"), null, NOW, trace);
            case 1 -> new Command.Edit(ROOM, sender, name, target, "y", NOW, trace);
            default -> new Command.Delete(ROOM, sender, name, target, NOW, trace);
        };
    }
}
