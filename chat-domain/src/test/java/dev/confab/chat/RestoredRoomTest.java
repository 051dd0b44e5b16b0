package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.User;
import java.time.Instant;
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

    @Test
    void aSignalOfAVersionThatTheStoreLostShutsNobodyOut() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim);
        InMemoryStores.Backup backup = town.stores.backup();
        Recorder inside = town.connect(chat, kim);
        inside.enter(room.id());
        town.stores.rooms().act(room.id(), lee.id(), new RoomAct.Join(), Instant.now());
        town.stores.restore(backup);

        town.signal(new Signal.MembershipChanged(room.id(), 2));
        Township.post(chat, Township.send(kim.id(), room.id(), "heard behind it"));
        inside.nextSequences(1);

        assertThat(town.connect(chat, kim).enter(room.id()).seq().value()).isEqualTo(1);
    }
}
