package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that was restored from a copy, before anybody could know (G10). */
class RestoredRoomTest {

    private final Township town = new Township();

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    @Test
    void whoComesInWhileTheStoreIsBehindTheRoomIsAnswered() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim);
        InMemoryStores.Backup backup = town.stores.backup();
        Township.value(chat.joinRoom().join(lee.id(), room.id()));
        Recorder inside = town.connect(chat, lee);
        inside.enter(room.id());

        town.stores.restore(backup);
        Recorder coming = town.connect(chat, kim).ask(room.id(), null, null);

        assertThat(coming.nextLasting()).isEqualTo(Result.refused(Refusal.Code.UNAVAILABLE));
    }
}
