package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.message;
import static dev.confab.testkit.StoreScene.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may not enter the order of a room. Part of {@link MessageLogContract}. */
interface MessageRejectionContract {

    StoreFixture stores();

    @Test
    default void whoIsNoMemberIsRejected() {
        StoreScene scene = new StoreScene(stores());
        User stranger = scene.user("Stranger");
        Room room = scene.room(scene.user("Kim"));
        Command.Post post = Samples.post(room.id(), stranger.id(), "let me in");

        Publication publication = scene.store(new CommandTape().append(post)).getFirst();

        assertThat(rejection(publication).reason()).isEqualTo(Rejection.NOT_A_MEMBER);
        assertThat(rejection(publication).roomId()).isEqualTo(room.id());
        assertThat(rejection(publication).senderId()).isEqualTo(stranger.id());
        assertThat(rejection(publication).commandId()).isEqualTo(post.commandId());
        assertThat(publication.traceId()).isEqualTo(post.traceId());
    }

    @Test
    default void whoLeftIsRejected() {
        StoreScene scene = new StoreScene(stores());
        User lee = scene.user("Lee");
        Room room = scene.room(scene.user("Kim"), lee);
        scene.say(room, lee, "bye");
        scene.leave(room, lee);

        List<Publication> publications =
                scene.store(new CommandTape().append(Samples.post(room.id(), lee.id(), "one more thing")));

        assertThat(rejection(publications.getFirst()).reason()).isEqualTo(Rejection.NOT_A_MEMBER);
    }

    @Test
    default void aSendToNoRoomIsRejected() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Command.Post post = Samples.post(RoomId.random(), kim.id(), "anybody?");

        List<Publication> publications = scene.store(new CommandTape().append(post));

        assertThat(rejection(publications.getFirst()).reason()).isEqualTo(Rejection.ROOM_NOT_FOUND);
    }

    @Test
    default void aRejectedSendTakesNoPlaceInTheOrder() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User stranger = scene.user("Stranger");
        Room room = scene.room(kim);

        List<Publication> publications = scene.store(new CommandTape()
                .append(
                        Samples.post(room.id(), kim.id(), "1"),
                        Samples.post(room.id(), stranger.id(), "no"),
                        Samples.post(room.id(), kim.id(), "2")));

        assertThat(message(publications.get(0)).seq()).isEqualTo(new Sequence(1));
        assertThat(rejection(publications.get(1)).reason()).isEqualTo(Rejection.NOT_A_MEMBER);
        assertThat(message(publications.get(2)).seq()).isEqualTo(new Sequence(2));
    }

    @Test
    default void anAnswerNamesAMessageOfTheSameRoom() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message here = scene.say(room, kim, "here");
        Message elsewhere = scene.say(scene.room(kim), kim, "elsewhere");
        MessageId nowhere = new MessageId(here.id().high(), ~here.id().low());

        List<Publication> publications = scene.store(new CommandTape()
                .append(
                        Samples.reply(room.id(), kim.id(), here.id(), "fine"),
                        Samples.reply(room.id(), kim.id(), elsewhere.id(), "wrong room"),
                        Samples.reply(room.id(), kim.id(), nowhere, "nowhere")));

        assertThat(message(publications.get(0)).replyTo()).isEqualTo(here.id());
        assertThat(rejection(publications.get(1)).reason()).isEqualTo(Rejection.MESSAGE_NOT_FOUND);
        assertThat(rejection(publications.get(2)).reason()).isEqualTo(Rejection.MESSAGE_NOT_FOUND);
    }
}
