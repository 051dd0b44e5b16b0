package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.LiveChat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to the sessions of one event loop while that is busy with something else. */
class BusyLaneTest {

    private static final int MESSAGES = 40;
    private static final String FLUSH = "flush";

    private final Township town = new Township();
    private final ExecutorService lane = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() throws Exception {
        lane.shutdownNow();
        town.close();
    }

    @Test
    void whatPilesUpIsToldInOrderAndFlushedTogether() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        Room room = Township.room(chat, kim);
        List<Object> first = enter(chat, kim, room);
        List<Object> second = enter(chat, kim, room);
        CountDownLatch busy = new CountDownLatch(1);
        lane.execute(() -> await(busy));
        for (int i = 0; i < MESSAGES; i++) {
            Township.post(chat, Township.send(kim.id(), room.id(), "Nr. " + i));
        }

        busy.countDown();

        settle();
        assertToldTogether(first);
        assertToldTogether(second);
    }

    @Test
    void whoLeavesWhileItPilesUpHearsNothingAfterThat() {
        Chat chat = town.gateway();
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, kim, lee);
        List<Object> stays = enter(chat, kim, room);
        List<Object> leaves = enter(chat, lee, room);
        CountDownLatch busy = new CountDownLatch(1);
        lane.execute(() -> await(busy));
        Township.post(chat, Township.send(kim.id(), room.id(), "before"));
        Township.value(chat.leaveRoom().leave(lee.id(), room.id()));
        Township.post(chat, Township.send(kim.id(), room.id(), "after"));

        busy.countDown();

        // Who is still a member is asked in the background before the second is told.
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        do {
            settle();
        } while (messages(stays).size() < 2 && System.nanoTime() < patience);
        assertThat(messages(stays)).containsExactly(1L, 2L);
        assertThat(messages(leaves)).doesNotContain(2L);
    }

    private List<Object> enter(Chat chat, User user, Room room) {
        List<Object> heard = new ArrayList<>();
        Principal principal =
                new Principal(user.id(), SessionId.random(), Instant.now().plusSeconds(600));
        LiveChat.Session session = chat.liveChat()
                .open(principal, user.nickname(), ConnectionId.random(), lane, new LiveChat.Listener() {
                    @Override
                    public void onEvent(ChatEvent event) {
                        heard.add(event);
                    }

                    @Override
                    public void onFlush() {
                        heard.add(FLUSH);
                    }

                    @Override
                    public void onEnd(LiveChat.End reason) {
                        heard.add(reason);
                    }
                });
        var unused = session.join(new LiveChat.Resume(room.id(), null, null))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        settle();
        heard.clear();
        return heard;
    }

    /** Waits until the lane has nothing more to do, which is known because what it does posts nothing more to itself. */
    private void settle() {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> {}, lane);
            settled.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Long> messages(List<Object> heard) {
        return heard.stream()
                .filter(ChatEvent.MessagePosted.class::isInstance)
                .map(event -> ((ChatEvent.MessagePosted) event).seq().value())
                .toList();
    }

    private static void assertToldTogether(List<Object> heard) {
        assertThat(messages(heard))
                .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        assertThat(heard.getLast()).isEqualTo(FLUSH);
        assertThat(heard).filteredOn(FLUSH::equals).hasSizeLessThan(MESSAGES / 4);
    }
}
