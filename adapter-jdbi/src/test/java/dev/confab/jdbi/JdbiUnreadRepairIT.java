package dev.confab.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.UnreadFinding;
import dev.confab.chat.model.User;
import dev.confab.testkit.CommandTape;
import dev.confab.testkit.Samples;
import dev.confab.testkit.StoreFixture;
import dev.confab.testkit.StoreScene;
import dev.confab.testkit.UnreadRepairContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JdbiUnreadRepairIT implements UnreadRepairContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    public StoreFixture stores() {
        return POSTGRES;
    }

    @Test
    void whatWasMadeWrongByHandIsToldAndPutRight() {
        StoreScene scene = new StoreScene(POSTGRES);
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        List<Message> messages = scene.sayMany(room, kim, 10);
        scene.store(new CommandTape().append(Samples.delete(messages.get(8), kim.id())));
        POSTGRES.readMarkers()
                .mark(
                        room.id(),
                        lee.id(),
                        messages.get(3).id(),
                        POSTGRES.clock().instant());
        assertThat(unread(lee)).isEqualTo(5);

        POSTGRES.sql("update messages set ord = ord + 7 where room_id = '" + room.id() + "' and seq in (3, 9)");
        POSTGRES.sql("update rooms set ord = 99 where id = '" + room.id() + "'");
        POSTGRES.sql("update room_members set read_ord = 0 where room_id = '" + room.id() + "'");
        UnreadFinding wrong = new UnreadFinding(room.id(), 2, true, 2);

        assertThat(check(100, false)).contains(wrong);
        assertThat(unread(lee)).as("nothing was changed").isEqualTo(98);
        assertThat(check(100, true)).contains(wrong);
        assertThat(unread(lee)).isEqualTo(5);
        assertThat(unread(kim)).isZero();
        assertThat(check(100, false)).allMatch(UnreadFinding::isRight);
    }

    private long unread(User user) {
        return POSTGRES.readMarkers().unread(user.id()).getFirst().count();
    }
}
