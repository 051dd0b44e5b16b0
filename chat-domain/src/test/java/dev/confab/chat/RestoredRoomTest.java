package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.LiveChat;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    /** Ending all sessions takes its time; whose turn has not come yet must not be told of the new life. */
    @Test
    void aSessionOfTheLifeBeforeIsToldNothingOfTheNewOne() throws Exception {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Room room = Township.room(chat, kim);
        InMemoryStores.Backup backup = town.stores.backup();
        Recorder inside = town.connect(chat, kim);
        inside.enter(room.id());
        SlowLane slow = new SlowLane();
        // One of them is asked to end before it is, but for one case in twenty.
        for (int i = 0; i < 20; i++) {
            town.connect(chat, Township.register(chat, "slow" + i), slow);
        }
        Township.post(chat, Township.send(kim.id(), room.id(), "one"));
        inside.nextSequences(1);

        town.stores.restore(backup);
        slow.close.countDown();
        Township.post(chat, Township.send(kim.id(), room.id(), "two"));
        assertThat(slow.entered.await(20, TimeUnit.SECONDS)).isTrue();
        Township.post(chat, Township.send(kim.id(), room.id(), "three"));
        Township.post(chat, Township.send(kim.id(), room.id(), "four"));
        slow.open.countDown();

        assertThat(inside.drain()).noneMatch(heard -> heard instanceof ChatEvent.MessagePosted);
        slow.shutdownNow();
    }

    /** What it was not told of by then it is not told of any more: it must not hear that it has all, nor that it is out. */
    @Test
    void aResumeOfTheLifeBeforeIsToBeTriedAgain() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Room room = Township.room(chat, kim);
        InMemoryStores.Backup backup = town.stores.backup();
        // What it hears is remembered for those who come.
        town.connect(chat, kim).enter(room.id());
        for (int i = 0; i < 150; i++) {
            Township.post(chat, Township.send(kim.id(), room.id(), "message " + i));
        }
        Recorder coming = town.connect(chat, kim);
        coming.stopTaking();
        coming.ask(room.id(), new Sequence(0), town.stores.messageLog().epoch());
        coming.nextSequences(100);

        town.stores.restore(backup);
        Township.post(chat, Township.send(kim.id(), room.id(), "of the new life"));
        assertThat(coming.next(LiveChat.End.class)).isEqualTo(LiveChat.End.STORE_RESET);
        coming.takeAgain();

        assertThat(coming.next(Result.class)).isEqualTo(Result.refused(Refusal.Code.UNAVAILABLE));
    }

    /** An event loop that takes no task for a while. */
    private static final class SlowLane extends ThreadPoolExecutor {

        final CountDownLatch close = new CountDownLatch(1);
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);

        SlowLane() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public void execute(Runnable task) {
            if (close.getCount() == 0) {
                entered.countDown();
                try {
                    assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            super.execute(task);
        }
    }
}
