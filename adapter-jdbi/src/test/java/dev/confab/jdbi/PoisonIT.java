package dev.confab.jdbi;

import static dev.confab.testkit.StoreScene.assertGapless;
import static dev.confab.testkit.StoreScene.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.CommandRefusedException;
import dev.confab.testkit.CommandTape;
import dev.confab.testkit.Samples;
import dev.confab.testkit.StoreScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands that PostgreSQL refuses for what is in them (G11). */
final class PoisonIT {

    /** PostgreSQL's text has no NUL (SQLSTATE 22021). Senders are told so before; this one came another way. */
    private static final String POISON = "po\0ison";

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final StoreScene scene = new StoreScene(POSTGRES);
    private final User kim = scene.user("Kim");
    private final Room room = scene.room(kim);
    private final CommandTape tape = new CommandTape();

    private Command.Post post(String content) {
        return Samples.post(room.id(), kim.id(), content);
    }

    @Test
    void aBatchWithPoisonIsRefusedWhole() {
        tape.append(post("1"), post(POISON), post("2"));

        assertThatThrownBy(() -> POSTGRES.messageLog().store(tape.playFrom(0)))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("22021");

        assertThat(scene.history(room)).isEmpty();
        assertThat(POSTGRES.messageLog().nextPosition(tape.partition(), 0)).isZero();
    }

    @Test
    void neighboursOfPoisonAreStoredOneByOne() {
        tape.append(post("1"), post(POISON), post("2"));

        scene.store(tape.play(0, 1));
        assertThatThrownBy(() -> POSTGRES.messageLog().store(tape.play(1, 2)))
                .isInstanceOf(CommandRefusedException.class);
        Publication told = POSTGRES.messageLog()
                .recordParked(tape.letter(1, "refused: " + POISON), 1)
                .orElseThrow();
        scene.store(tape.play(2, 3));

        assertThat(rejection(told).reason()).isEqualTo(Rejection.PARKED);
        assertThat(scene.history(room)).extracting(Message::content).containsExactly("1", "2");
        assertGapless(scene.history(room));
        assertThat(POSTGRES.ask("select reason from dead_letters where topic = '"
                        + tape.partition().log() + "' and \"offset\" = 1"))
                .isEqualTo("refused: po\uFFFDison");
    }
}
