package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Commands and publications to put on an event bus. Safe on any thread. */
public final class BusExamples {

    private static final Instant THEN = Instant.parse("2026-02-24T06:00:00.123Z");
    private static final Epoch EPOCH = new Epoch("life-1");

    private BusExamples() {}

    /** A text message on its way to the store. */
    public static Command.Post post(RoomId room, UserId sender, String text) {
        return new Command.Post(
                room, sender, ClientMessageId.random(), new MessageBody(MessageType.TEXT, text), null, THEN, trace());
    }

    /** A letter of a record with that place, which nobody could read and nobody can be told of. */
    public static DeadLetter unreadable(CommandPartition partition, long offset, TraceId traceId) {
        return new DeadLetter(
                partition, offset, LetterCause.UNREADABLE, null, null, "a2V5", "AP8=", "no JSON", traceId);
    }

    /** The same by a random sender. */
    public static Command.Post post(RoomId room, String text) {
        return post(room, UserId.random(), text);
    }

    /** A stored text message. */
    public static Publication posted(RoomId room, UserId sender, long seq, String text) {
        return publication(new ChatEvent.MessagePosted(message(room, sender, seq, text)));
    }

    /** The same by a random sender. */
    public static Publication posted(RoomId room, long seq, String text) {
        return posted(room, UserId.random(), seq, text);
    }

    /** A stored message of the server, which has no sender. */
    public static Publication announced(RoomId room, long seq, String text) {
        MessageId id = messageId();
        return publication(new ChatEvent.MessagePosted(new Message(
                id,
                new Sequence(seq),
                room,
                null,
                null,
                ClientMessageId.random(),
                MessageType.SYSTEM,
                text,
                null,
                List.of(),
                id.createdAt(),
                null,
                null)));
    }

    /** A stored message that was edited and deleted since: it has no content. */
    public static Publication deleted(RoomId room, UserId sender, long seq) {
        MessageId id = messageId();
        return publication(new ChatEvent.MessagePosted(new Message(
                id,
                new Sequence(seq),
                room,
                sender,
                "Kim",
                ClientMessageId.random(),
                MessageType.TEXT,
                null,
                messageId(),
                List.of(),
                id.createdAt(),
                THEN.plusSeconds(1),
                THEN.plusSeconds(2))));
    }

    /** A message that was edited just now. */
    public static Publication edited(RoomId room, UserId author, long seq, long changeSeq) {
        return publication(
                new ChatEvent.MessageEdited(message(room, author, seq, "better"), new Sequence(changeSeq), author));
    }

    /** A message that somebody of rank deleted just now. */
    public static Publication removed(RoomId room, UserId deleter, long seq, long changeSeq) {
        return publication(new ChatEvent.MessageDeleted(
                message(room, UserId.random(), seq, "worse"), new Sequence(changeSeq), deleter));
    }

    /** An edit that was refused. */
    public static Publication rejectedEdit(RoomId room, UserId sender) {
        return publication(new ChatEvent.CommandRejected(
                room, sender, ClientMessageId.random(), messageId(), Rejection.FORBIDDEN));
    }

    /** A message to be edited. */
    public static Command.Edit edit(RoomId room, UserId sender, String text) {
        return new Command.Edit(room, sender, ClientMessageId.random(), messageId(), text, THEN, trace());
    }

    /** A message to be deleted. */
    public static Command.Delete delete(RoomId room, UserId sender) {
        return new Command.Delete(room, sender, ClientMessageId.random(), messageId(), THEN, trace());
    }

    /** A command that was refused. */
    public static Publication rejected(RoomId room, UserId sender) {
        return publication(
                new ChatEvent.CommandRejected(room, sender, ClientMessageId.random(), Rejection.NOT_A_MEMBER));
    }

    /** Somebody who joined just now. */
    public static Publication joined(RoomId room, UserId user) {
        return changed(new RoomChange.MemberJoined(room, user, Role.MEMBER, user, 7, THEN));
    }

    /** Something that happened to a room just now. */
    public static Publication changed(RoomChange change) {
        return publication(new ChatEvent.RoomChanged(ChangeId.random(), change));
    }

    /** Everything that can happen to a room and to somebody's place in it. */
    public static List<Publication> changes(RoomId room, UserId user) {
        UserId by = UserId.random();
        return List.of(
                joined(room, user),
                changed(new RoomChange.MemberLeft(room, user, Role.OWNER, 7, THEN)),
                changed(new RoomChange.MemberRemoved(room, user, Role.MEMBER, by, 7, THEN)),
                changed(new RoomChange.MemberBanned(room, user, Role.ADMIN, by, 7, THEN)),
                changed(new RoomChange.MemberBanned(room, user, null, by, 7, THEN)),
                changed(new RoomChange.RoleChanged(room, user, Role.ADMIN, by, 7, THEN)),
                changed(new RoomChange.RoomUpdated(room, by, "새 이름 🙂", 7, THEN)),
                changed(new RoomChange.RoomUpdated(room, by, null, 7, THEN)),
                changed(new RoomChange.RoomClosed(room, by, 7, THEN)));
    }

    /** Something the server is to say in a room. */
    public static Command.Announce announce(RoomId room, String text) {
        return new Command.Announce(room, ClientMessageId.random(), text, THEN, trace());
    }

    /** A read marker that moved. */
    public static Publication read(RoomId room, UserId reader, long seq) {
        return publication(new ChatEvent.ReadMarked(room, reader, messageId(), new Sequence(seq), THEN));
    }

    /** Somebody who is to be told of a message. */
    public static Notification notification(UserId user, long seq) {
        MessageId id = messageId();
        return new Notification(
                user,
                RoomId.random(),
                seq % 2 == 0 ? null : "방 1",
                id,
                new Sequence(seq),
                UserId.random(),
                "Kim 김",
                MessageType.TEXT,
                seq % 3 == 0 ? null : "안녕 👋 " + seq,
                seq % 2 == 0,
                id.createdAt(),
                trace());
    }

    /** An event of the present life of the store. */
    public static Publication publication(ChatEvent event) {
        return new Publication(EPOCH, 7, trace(), event);
    }

    /** What a publication says, as far as {@link #posted} said it. */
    public static String textOf(Publication publication) {
        return publication.event() instanceof ChatEvent.MessagePosted posted
                ? String.valueOf(posted.message().content())
                : publication.event().toString();
    }

    private static Message message(RoomId room, UserId sender, long seq, String text) {
        MessageId id = messageId();
        return new Message(
                id,
                new Sequence(seq),
                room,
                sender,
                "Kim 김",
                ClientMessageId.random(),
                MessageType.TEXT,
                text,
                messageId(),
                List.of(UserId.random(), UserId.random()),
                id.createdAt(),
                null,
                null);
    }

    private static MessageId messageId() {
        return MessageId.after(null, THEN, ThreadLocalRandom.current());
    }

    private static TraceId trace() {
        return TraceId.random(ThreadLocalRandom.current());
    }

    /** Waits for what a bus promised to do. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("did not come about", e);
        }
    }

    /** Submits all, expects each to be accepted, and returns them. */
    static List<Command> submitAll(EventBus bus, List<? extends Command> commands) {
        List<CompletionStage<EventBus.Submission>> submissions = new ArrayList<>();
        commands.forEach(command -> submissions.add(bus.submit(command)));
        submissions.forEach(submission -> assertThat(await(submission)).isEqualTo(EventBus.Submission.ACCEPTED));
        return List.copyOf(commands);
    }

    /** Messages of one room, named {@code 0, 1, 2 …}. */
    static List<Command> posts(RoomId room, int count) {
        return IntStream.range(0, count)
                .<Command>mapToObj(i -> post(room, Integer.toString(i)))
                .toList();
    }
}
