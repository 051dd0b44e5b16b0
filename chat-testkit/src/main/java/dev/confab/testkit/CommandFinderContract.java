package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandFinder;
import dev.confab.chat.port.out.CommandFinder.Found;
import org.junit.jupiter.api.Test;

/** What every {@link CommandFinder} does. */
public interface CommandFinderContract {

    /** The same fixture throughout one test. */
    StoreFixture stores();

    @Test
    default void aStoredMessageIsFoundByItsNameAlone() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message stored = scene.say(room, kim, "hi");
        CommandFinder finder = stores().commandFinder();

        assertThat(finder.find(stored.clientMessageId(), null, null))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.roomId()).isEqualTo(room.id());
                    assertThat(found.senderId()).isEqualTo(kim.id());
                    assertThat(found.outcome()).isEqualTo(new Outcome.Persisted(stored));
                    assertThat(found.at()).isEqualTo(stored.createdAt());
                });
        assertThat(finder.find(stored.clientMessageId(), room.id(), kim.id())).hasSize(1);
        assertThat(finder.find(stored.clientMessageId(), null, UserId.random())).isEmpty();
        assertThat(finder.find(stored.clientMessageId(), scene.room(kim).id(), null))
                .isEmpty();
        assertThat(finder.find(ClientMessageId.random(), null, null)).isEmpty();
    }

    @Test
    default void thoseOfSeveralRoomsAreFoundUnderOneName() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room one = scene.room(kim);
        Room other = scene.room(kim);
        ClientMessageId name = ClientMessageId.random();
        CommandTape tape = new CommandTape();
        scene.store(tape.append(
                Samples.post(one.id(), kim.id(), name, "here"), Samples.post(other.id(), kim.id(), name, "there")));

        assertThat(stores().commandFinder().find(name, null, null))
                .extracting(Found::roomId)
                .containsExactlyInAnyOrder(one.id(), other.id());
    }

    @Test
    default void whatWasRefusedParkedOrChangedIsFoundAsWell() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User stranger = scene.user("Stranger");
        Room room = scene.room(kim);
        CommandTape tape = new CommandTape();
        Command.Post refused = Samples.post(room.id(), stranger.id(), "no");
        Message message = message(scene.store(tape.append(Samples.post(room.id(), kim.id(), "hi"), refused))
                .getFirst());
        Command.Edit edit = Samples.edit(message, kim.id(), "hello");
        scene.store(tape.append(edit));
        Command.Post poison = Samples.post(room.id(), kim.id(), "poison");
        tape.append(poison);
        stores().messageLog().recordParked(tape.letter(3, "refused"), 3);
        CommandFinder finder = stores().commandFinder();

        assertThat(finder.find(refused.commandId(), null, null))
                .extracting(Found::outcome)
                .containsExactly(new Outcome.Rejected(Rejection.NOT_A_MEMBER));
        assertThat(finder.find(poison.commandId(), room.id(), null))
                .extracting(Found::outcome)
                .containsExactly(new Outcome.Rejected(Rejection.PARKED));
        assertThat(finder.find(edit.commandId(), null, kim.id()))
                .singleElement()
                .satisfies(found -> assertThat(found.outcome()).isInstanceOf(Outcome.Changed.class));
    }
}
