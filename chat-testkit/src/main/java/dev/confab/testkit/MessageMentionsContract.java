package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is meant by {@code @nickname}. Part of {@link MessageLogContract}. */
interface MessageMentionsContract {

    StoreFixture stores();

    private List<UserId> mentions(StoreScene scene, Room room, User sender, String text) {
        Message message = scene.say(room, sender, text);
        assertThat(stores().messageLog().find(room.id(), message.id())).contains(message);
        return message.mentions();
    }

    @Test
    default void theLongestNicknameOfAMemberIsMeant() {
        StoreScene scene = new StoreScene(stores());
        User ann = scene.user("Ann");
        User annLee = scene.user("Ann Lee");
        User kim = scene.user("김철수");
        User stranger = scene.user("Stranger");
        Room room = scene.room(ann, annLee, kim);

        assertThat(mentions(scene, room, ann, "hi @Ann Lee, @Ann!")).containsExactly(annLee.id(), ann.id());
        assertThat(mentions(scene, room, ann, "@김철수님 안녕 @Ann@Ann Lee"))
                .containsExactly(kim.id(), ann.id(), annLee.id());
        assertThat(mentions(scene, room, ann, "@Anna, @ann, @Stranger, me@Ann, Ann"))
                .isEmpty();
        assertThat(mentions(scene, room, ann, "@@Ann @ Ann @")).containsExactly(ann.id());
        assertThat(stranger.id()).isNotIn(mentions(scene, room, ann, "@Stranger @Ann @Ann"));
    }

    @Test
    default void whoLeftIsNotMentionedAndWhoShareANicknameAre() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User one = scene.user("Lee");
        User other = scene.user("Lee");
        Room room = scene.room(kim, one, other);

        assertThat(mentions(scene, room, kim, "@Lee")).containsExactlyInAnyOrder(one.id(), other.id());
        scene.leave(room, one);
        assertThat(mentions(scene, room, kim, "@Lee")).containsExactly(other.id());
    }

    @Test
    default void atMostTwentyAreMentionedAndEachOnce() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User[] others =
                IntStream.range(0, 25).mapToObj(i -> scene.user("n" + i)).toArray(User[]::new);
        Room room = scene.room(kim, others);
        String all = IntStream.range(0, 25).mapToObj(i -> "@n" + i).collect(Collectors.joining(" "));

        assertThat(mentions(scene, room, kim, "@n3 @n3 " + all)).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    default void anEditMentionsAnewAndADeletionNobody() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Message message = scene.say(room, kim, "@Kim");

        Message edited = ((ChatEvent.MessageEdited)
                        scene.store(new CommandTape().append(Samples.edit(message, kim.id(), "@Lee")))
                                .getFirst()
                                .event())
                .message();
        assertThat(edited.mentions()).containsExactly(lee.id());
        assertThat(stores().messageLog().find(room.id(), message.id())).contains(edited);
        scene.store(new CommandTape().append(Samples.delete(message, kim.id())));
        assertThat(stores().messageLog()
                        .find(room.id(), message.id())
                        .orElseThrow()
                        .mentions())
                .isEmpty();
    }

    @Test
    default void anImageMentionsNobody() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Command.Post image = new Command.Post(
                room.id(),
                kim.id(),
                ClientMessageId.random(),
                new MessageBody(MessageType.IMAGE, "https://example.org/@Kim/1.png"),
                null,
                MutableClock.START,
                Samples.trace());

        assertThat(message(scene.store(new CommandTape().append(image)).getFirst())
                        .mentions())
                .isEmpty();
    }
}
