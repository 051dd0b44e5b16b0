package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.message;
import static dev.confab.testkit.StoreScene.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.AuditAction;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Edits and deletions. Part of {@link MessageLogContract}. */
interface MessageChangesContract {

    StoreFixture stores();

    private Message now(Message message) {
        return stores().messageLog().find(message.roomId(), message.id()).orElseThrow();
    }

    private List<ChatEvent.Timeline> events(Room room, long after, int limit) {
        return stores().messageLog()
                .events(room.id(), new Sequence(after), limit)
                .items();
    }

    @Test
    default void anEditTakesAPlaceOfItsOwnAndLeavesTheMessageInIts() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message first = scene.say(room, kim, "helo");
        Message second = scene.say(room, kim, "more");
        scene.tick();

        Publication publication = scene.store(new CommandTape().append(Samples.edit(first, kim.id(), "hello")))
                .getFirst();

        Message edited = now(first);
        assertThat(edited.content()).isEqualTo("hello");
        assertThat(edited.seq()).isEqualTo(first.seq());
        assertThat(edited.createdAt()).isEqualTo(first.createdAt());
        assertThat(edited.editedAt()).isEqualTo(stores().clock().instant());
        assertThat(edited.deletedAt()).isNull();
        assertThat(publication.event()).isEqualTo(new ChatEvent.MessageEdited(edited, new Sequence(3), kim.id()));
        assertThat(events(room, 0, 10))
                .containsExactly(
                        new ChatEvent.MessagePosted(edited),
                        new ChatEvent.MessagePosted(second),
                        new ChatEvent.MessageEdited(edited, new Sequence(3), kim.id()));
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(3));
        assertThat(scene.now(room).lastMessageId()).isEqualTo(second.id());
        assertThat(scene.now(room).lastMessageAt()).isEqualTo(second.createdAt());
        assertThat(stores().messageLog().heads(List.of(room.id()))).containsEntry(room.id(), new Sequence(3));
        assertThat(scene.say(room, kim, "after").seq()).isEqualTo(new Sequence(4));
    }

    @Test
    default void aDeletedMessageKeepsItsPlaceAndLosesItsContentEverywhere() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "secret");
        scene.store(new CommandTape().append(Samples.edit(message, kim.id(), "still secret")));
        scene.tick();

        Publication publication = scene.store(new CommandTape().append(Samples.delete(message, kim.id())))
                .getFirst();

        Message deleted = now(message);
        assertThat(deleted.content()).isNull();
        assertThat(deleted.seq()).isEqualTo(message.seq());
        assertThat(deleted.deletedAt()).isEqualTo(stores().clock().instant());
        assertThat(publication.event()).isEqualTo(new ChatEvent.MessageDeleted(deleted, new Sequence(3), kim.id()));
        assertThat(events(room, 0, 10))
                .containsExactly(
                        new ChatEvent.MessagePosted(deleted),
                        new ChatEvent.MessageEdited(deleted, new Sequence(2), kim.id()),
                        new ChatEvent.MessageDeleted(deleted, new Sequence(3), kim.id()));
        assertThat(stores().messageLog()
                        .history(room.id(), new HistoryQuery.Newest(), 10)
                        .items())
                .containsExactly(deleted);
        assertThat(stores().rooms().roomsOf(kim.id(), null, 10).items())
                .extracting(RoomSummary::lastMessage)
                .containsExactly(deleted);
        assertThat(stores().messageLog().outcome(room.id(), kim.id(), message.clientMessageId()))
                .contains(new Outcome.Persisted(deleted));
    }

    @Test
    default void whoMayNotChangeAMessageIsRejected() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User stranger = scene.user("Stranger");
        Room room = scene.room(kim, lee);
        Message ofKim = scene.say(room, kim, "mine");
        Message ofLee = scene.say(room, lee, "yours");
        CommandTape tape = new CommandTape();

        List<Publication> told = scene.store(tape.append(
                Samples.edit(ofLee, kim.id(), "x"),
                Samples.edit(ofKim, lee.id(), "x"),
                Samples.delete(ofKim, lee.id()),
                Samples.edit(ofKim, stranger.id(), "x"),
                Samples.delete(ofKim, stranger.id())));

        assertThat(told)
                .extracting(publication -> rejection(publication).reason())
                .containsExactly(
                        Rejection.FORBIDDEN,
                        Rejection.FORBIDDEN,
                        Rejection.FORBIDDEN,
                        Rejection.NOT_A_MEMBER,
                        Rejection.NOT_A_MEMBER);
        assertThat(told)
                .extracting(publication -> rejection(publication).messageId())
                .containsExactly(ofLee.id(), ofKim.id(), ofKim.id(), ofKim.id(), ofKim.id());
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(2));
        assertThat(scene.history(room)).containsExactly(ofKim, ofLee);
    }

    @Test
    default void anOwnerDeletesAnybodysMessage() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Message ofLee = scene.say(room, lee, "rude");

        Publication told = scene.store(new CommandTape().append(Samples.delete(ofLee, kim.id())))
                .getFirst();

        assertThat(told.event()).isEqualTo(new ChatEvent.MessageDeleted(now(ofLee), new Sequence(2), kim.id()));
        assertThat(now(ofLee).deletedAt()).isNotNull();
        assertThat(stores().rooms().audit(room.id(), null, 10).items())
                .containsExactly(new AuditEntry(
                        room.id(),
                        AuditAction.MESSAGE_DELETED,
                        kim.id(),
                        lee.id(),
                        ofLee.id(),
                        null,
                        null,
                        stores().clock().instant()));
    }

    @Test
    default void whatOneDoesToOnesOwnMessagesIsNoModeration() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "mine");

        scene.store(new CommandTape().append(Samples.edit(message, kim.id(), "x"), Samples.delete(message, kim.id())));

        assertThat(stores().rooms().audit(room.id(), null, 10).items()).isEmpty();
    }

    @Test
    default void whatIsNotThereOrWasDeletedIsNotChanged() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message elsewhere = scene.say(scene.room(kim), kim, "elsewhere");
        Message message = scene.say(room, kim, "here");
        CommandTape tape = new CommandTape();
        scene.store(tape.append(Samples.delete(message, kim.id())));
        Message deleted = now(message);
        scene.tick();
        Command.Delete ofAnotherRoom = new Command.Delete(
                room.id(), kim.id(), ClientMessageId.random(), elsewhere.id(), MutableClock.START, Samples.trace());
        Command.Edit ofNothing = new Command.Edit(
                room.id(),
                kim.id(),
                ClientMessageId.random(),
                new MessageId(1, 1),
                "x",
                MutableClock.START,
                Samples.trace());

        List<Publication> told = scene.store(tape.append(
                Samples.edit(message, kim.id(), "x"), Samples.delete(message, kim.id()), ofAnotherRoom, ofNothing));

        assertThat(told)
                .extracting(publication -> rejection(publication).reason())
                .containsOnly(Rejection.MESSAGE_NOT_FOUND);
        assertThat(now(message)).isEqualTo(deleted);
        assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(2));
    }

    @Test
    default void whoLeftChangesNothingAnyMore() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "last words");
        scene.leave(room, kim);

        List<Publication> told = scene.store(new CommandTape().append(Samples.delete(message, kim.id())));

        assertThat(rejection(told.getFirst()).reason()).isEqualTo(Rejection.NOT_A_MEMBER);
        assertThat(now(message)).isEqualTo(message);
    }
}
