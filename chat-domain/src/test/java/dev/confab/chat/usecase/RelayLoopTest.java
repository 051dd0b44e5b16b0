package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.RelayPorts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayLoopTest {

    private static final long PATIENCE_SECONDS = 20;

    private final UseCases chat = new UseCases();
    private final FaultyBus bus = new FaultyBus();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final RelayLoop loop = new RelayLoop(
            new RelayRoomChanges(new RelayPorts(
                    chat.stores.outbox(), bus, chat.stores.messageLog(), chat.stores.rooms(), chat.stores.users())),
            thread);
    private final User kim = chat.user("Kim");
    private final Room room = chat.room(Visibility.PUBLIC, kim);

    @AfterEach
    void stop() {
        loop.close();
        thread.shutdownNow();
    }

    private void comeAndGo(int times) {
        User lee = chat.user("Lee");
        for (int i = 0; i < times; i++) {
            chat.stores.rooms().act(room.id(), lee.id(), new RoomAct.Join(), chat.clock.instant());
            chat.stores.rooms().act(room.id(), lee.id(), new RoomAct.Leave(), chat.clock.instant());
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Counts attempts to publish, of which there is one more when the loop came round again. */
    private CountDownLatch attempts(int count) {
        CountDownLatch latch = new CountDownLatch(count);
        bus.attempt = latch::countDown;
        return latch;
    }

    @Test
    void moreThanFitsIntoOneTurnIsRelayedTurnByTurnInItsOrder() throws Exception {
        comeAndGo(250);
        CountDownLatch turns = attempts(3);

        loop.start();

        await(turns);
        loop.close();
        assertThat(bus.events()).hasSize(501);
        assertThat(bus.published).extracting("memberVersion").isSorted();
        assertThat(bus.announced(room.id())).hasSize(500);
        assertThat(chat.stores.outbox().pending(1)).isEmpty();
    }

    @Test
    void whileTheBusIsAwayItWaitsAndThenGoesOn() throws Exception {
        bus.away = true;
        CountDownLatch failures = attempts(2);
        loop.start();
        await(failures);
        assertThat(chat.stores.outbox().pending(10)).hasSize(1);

        CountDownLatch again = attempts(1);
        bus.away = false;

        await(again);
        loop.close();
        assertThat(bus.events()).hasSize(1);
        assertThat(chat.stores.outbox().pending(10)).isEmpty();
    }

    @Test
    void closingLetsTheTurnUnderWayFinishAndBeginsNoOther() throws Exception {
        CountDownLatch publishing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        bus.attempt = () -> {
            publishing.countDown();
            waitFor(goOn);
        };
        loop.start();
        await(publishing);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(loop::close);
        goOn.countDown();
        closing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        comeAndGo(1);
        thread.shutdown();

        assertThat(thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(bus.events()).hasSize(1);
        assertThat(chat.stores.outbox().pending(10)).hasSize(2);
    }

    @Test
    void closingBreaksOffATurnThatHangsAndItsChangesStay() throws Exception {
        CountDownLatch publishing = new CountDownLatch(1);
        bus.attempt = () -> {
            publishing.countDown();
            waitFor(new CountDownLatch(1));
        };
        loop.start();
        await(publishing);

        loop.close();

        assertThat(chat.stores.outbox().pending(10)).hasSize(1);
        bus.attempt = () -> {};
        assertThat(chat.stores.outbox().relay(10, entries -> {})).isEqualTo(1);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new BusUnavailableException("never");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("interrupted", e);
        }
    }
}
