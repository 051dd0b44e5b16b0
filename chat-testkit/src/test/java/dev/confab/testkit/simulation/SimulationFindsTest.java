package dev.confab.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Marking;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.timeline.CommandKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is broken on purpose is found within so many steps, and told in a short story. */
class SimulationFindsTest {

    private static final long STEPS = 400_000;
    /** Moves in a story that a person can follow. */
    private static final int SHORT = 60;

    /** G5: what was stored before a crash, and published by nobody. */
    @Test
    void aWorkerThatDoesNotPublishRepeatsIsCaught() {
        assertCaught(() -> new Tampering() {
            @Override
            public MessageLog storing(MessageLog log) {
                return Replaced.call(MessageLog.class, log, "store", (real, arguments) -> {
                    CommandBatch batch = (CommandBatch) arguments[0];
                    List<Boolean> known = batch.entries().stream()
                            .map(entry -> isKnown(real, ((CommandBatch.Logged) entry).command()))
                            .toList();
                    return switch (real.store(batch)) {
                        case MessageLog.Stored.Done(List<Publication> publications) ->
                            new MessageLog.Stored.Done(IntStream.range(0, publications.size())
                                    .filter(index -> !known.get(index))
                                    .mapToObj(publications::get)
                                    .toList());
                        case MessageLog.Stored.Behind behind -> behind;
                    };
                });
            }
        });
    }

    private static boolean isKnown(MessageLog log, Command command) {
        return log.outcome(command.roomId(), command.senderId(), command.commandId())
                .isPresent();
    }

    private static Set<RoomId> roomsIn(CommandBatch batch) {
        Set<RoomId> rooms = new HashSet<>();
        for (CommandBatch.Entry entry : batch.entries()) {
            rooms.add(((CommandBatch.Logged) entry).command().roomId());
        }
        return rooms;
    }

    /** G2: the same send twice. */
    @Test
    void aStoreThatDoesNotLookForRepeatsIsCaught() {
        assertCaught(() -> new Tampering() {
            private long names;
            private final Set<CommandKey> seen = new HashSet<>();

            @Override
            public MessageLog storing(MessageLog log) {
                return Replaced.call(MessageLog.class, log, "store", (real, arguments) -> {
                    CommandBatch batch = (CommandBatch) arguments[0];
                    List<CommandBatch.Entry> forgotten =
                            batch.entries().stream().map(this::forgotten).toList();
                    return real.store(
                            new CommandBatch(batch.partition(), batch.position(), forgotten, batch.nextPosition()));
                });
            }

            private CommandBatch.Entry forgotten(CommandBatch.Entry entry) {
                if (!(entry instanceof CommandBatch.Logged logged)
                        || !(logged.command() instanceof Command.Post post)
                        || seen.add(CommandKey.of(post))) {
                    return entry;
                }
                ClientMessageId fresh = new ClientMessageId(new UUID(77, ++names));
                return new CommandBatch.Logged(
                        logged.offset(),
                        new Command.Post(
                                post.roomId(),
                                post.senderId(),
                                fresh,
                                post.body(),
                                post.replyTo(),
                                post.acceptedAt(),
                                post.traceId()));
            }
        });
    }

    /** G10: a store that was restored from a copy, and nobody reads the lost tail again. */
    @Test
    void aWorkerThatGoesOnBehindARestoredStoreIsCaught() {
        assertCaught(() -> new Tampering() {
            @Override
            public MessageLog storing(MessageLog log) {
                MessageLog goesOn = Replaced.call(
                        MessageLog.class,
                        log,
                        "store",
                        (real, arguments) ->
                                real.store((CommandBatch) arguments[0]) instanceof MessageLog.Stored.Done done
                                        ? done
                                        : new MessageLog.Stored.Done(List.of()));
                return Replaced.call(MessageLog.class, goesOn, "nextPosition", (real, arguments) -> {
                    long unused = real.nextPosition((CommandPartition) arguments[0], (long) arguments[1]);
                    return arguments[1];
                });
            }
        });
    }

    /** G4: what is not in the store. */
    @Test
    void aWorkerThatPublishesWhatIsNotStoredIsCaught() {
        assertCaught(() -> new Tampering() {
            @Override
            public MessageLog storing(MessageLog log) {
                return Replaced.call(MessageLog.class, log, "store", (real, arguments) -> {
                    CommandBatch batch = (CommandBatch) arguments[0];
                    Map<RoomId, Sequence> heads = real.heads(roomsIn(batch));
                    return real.store(batch) instanceof MessageLog.Stored.Done(List<Publication> publications)
                            ? new MessageLog.Stored.Done(publications.stream()
                                    .map(publication -> phantom(publication, heads))
                                    .toList())
                            : real.store(batch);
                });
            }
        });
    }

    private static Publication phantom(Publication publication, Map<RoomId, Sequence> heads) {
        if (!(publication.event() instanceof ChatEvent.MessagePosted posted)) {
            return publication;
        }
        Sequence wrong =
                heads.getOrDefault(posted.roomId(), Sequence.NONE).next().next();
        return new Publication(
                publication.epoch(),
                publication.memberVersion(),
                publication.traceId(),
                new ChatEvent.MessageEdited(posted.message(), wrong, UserId.NOBODY));
    }

    /** G11: what cannot be read, and is left out without a trace. */
    @Test
    void aWorkerThatLeavesOutWhatItCannotReadIsCaught() {
        assertCaught(() -> new Tampering() {
            @Override
            public EventBus publishing(EventBus bus) {
                return Replaced.call(EventBus.class, bus, "park", (real, arguments) -> null);
            }
        });
    }

    /** G5: publications that never arrive. */
    @Test
    void aBusThatLosesPublicationsIsCaught() {
        assertCaught(LosesPublications::new);
    }

    /** What is lost for good is told when the next event of the room arrives, in its place (G3). */
    @Test
    void aHoleInWhatIsPublishedIsNeverShown() {
        Set<String> seen = new HashSet<>();
        for (long seed = 1; seed <= 60; seed++) {
            Judge.Breach breach = Run.random(new LosesPublications(), seed, Simulation.DEFAULT_LENGTH)
                    .breach();
            if (breach != null) {
                assertThat(breach.rule()).as(breach.toString()).isIn("G5 not shown", "G6 accepted and never told");
                seen.add(breach.rule());
            }
        }
        assertThat(seen).isNotEmpty();
    }

    /** One place in five. */
    private static final class LosesPublications implements Tampering {
        @Override
        public EventBus publishing(EventBus bus) {
            return Replaced.call(EventBus.class, bus, "publish", (real, arguments) -> {
                for (Object each : (List<?>) arguments[0]) {
                    Publication publication = (Publication) each;
                    boolean lost = publication.event() instanceof ChatEvent.Timeline event
                            && event.seq().value() % 5 == 3;
                    if (!lost) {
                        real.publish(List.of(publication));
                    }
                }
                return null;
            });
        }
    }

    /** G7: a replay that leaves something out. */
    @Test
    void aStoreThatLeavesSomethingOutOfATimelineIsCaught() {
        assertCaught(() -> new Tampering() {
            @Override
            public MessageLog reading(MessageLog log) {
                return Replaced.call(MessageLog.class, log, "events", (real, arguments) -> {
                    Page<ChatEvent.Timeline, Sequence> page =
                            real.events((RoomId) arguments[0], (Sequence) arguments[1], (int) arguments[2]);
                    List<ChatEvent.Timeline> items = page.items().stream()
                            .filter(event -> event.seq().value() != 3)
                            .toList();
                    return new Page<>(items, page.nextCursor());
                });
            }
        });
    }

    /** G14: a gateway that remembers who was in a room. */
    @Test
    void aGatewayThatNeverLooksAgainWhoIsInARoomIsCaught() {
        assertCaught(() -> new Tampering() {
            private final Map<RoomId, Set<UserId>> everSeen = new HashMap<>();

            @Override
            public RoomStore rooms(RoomStore rooms) {
                return Replaced.call(RoomStore.class, rooms, "standing", (real, arguments) -> {
                    RoomId roomId = (RoomId) arguments[0];
                    @SuppressWarnings("unchecked")
                    Collection<UserId> users = (Collection<UserId>) arguments[1];
                    return real.standing(roomId, users).map(standing -> remembered(standing));
                });
            }

            private RoomStanding remembered(RoomStanding standing) {
                Set<UserId> members = everSeen.computeIfAbsent(standing.roomId(), id -> new HashSet<>());
                members.addAll(standing.members());
                return new RoomStanding(
                        standing.roomId(),
                        standing.status(),
                        standing.visibility(),
                        standing.memberVersion(),
                        standing.memberCount(),
                        standing.lastSeq(),
                        standing.purgedSeq(),
                        Set.copyOf(members));
            }
        });
    }

    /** G8: a count that is off by one. */
    @Test
    void anUnreadCountThatIsWrongIsCaught() {
        assertCaught(() -> new Tampering() {
            @Override
            public ReadMarkers markers(ReadMarkers markers) {
                return Replaced.call(ReadMarkers.class, markers, "mark", (real, arguments) -> switch (real.mark(
                        (RoomId) arguments[0], (UserId) arguments[1], (MessageId) arguments[2], (Instant)
                                arguments[3])) {
                    case Marking.Marked marked ->
                        new Marking.Marked(
                                marked.moved(),
                                marked.lastReadMessageId(),
                                marked.lastReadSeq(),
                                marked.readAt(),
                                marked.unreadCount() + 1);
                    case Marking other -> other;
                });
            }
        });
    }

    private static void assertCaught(Supplier<Tampering> tampering) {
        Optional<Finding> found = new Simulation(tampering, Simulation.DEFAULT_LENGTH).runs(1, STEPS);

        assertThat(found).isPresent();
        Finding finding = found.orElseThrow();
        assertThat(finding.moves()).as(finding.text()).isLessThan(SHORT);
        assertThat(finding.story()).as(finding.text()).anyMatch(line -> line.contains(finding.rule()));
        System.getLogger(SimulationFindsTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} after {1} steps, {2} moves",
                        finding.rule(),
                        finding.steps(),
                        finding.moves());
    }
}
