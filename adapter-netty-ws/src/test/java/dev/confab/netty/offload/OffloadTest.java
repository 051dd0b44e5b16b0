package dev.confab.netty.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.testkit.Eventually;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class OffloadTest {

    @Test
    void theResultComesBackOnTheLaneThatAsked() {
        ConcurrentLinkedQueue<Runnable> lane = new ConcurrentLinkedQueue<>();
        List<String> heard = new ArrayList<>();
        try (Offload offload = new Offload("test", 1, 1)) {
            assertThat(offload.run(lane::add, () -> "done", heard::add, thrown -> heard.add("failed")))
                    .isTrue();
            Eventually.holds(() -> assertThat(lane).hasSize(1));
            assertThat(heard).isEmpty();
            lane.remove().run();
            assertThat(heard).containsExactly("done");
        }
    }

    @Test
    void whatIsThrownComesBackToo() {
        AtomicReference<Throwable> heard = new AtomicReference<>(new IllegalStateException());
        try (Offload offload = new Offload("test", 1, 1)) {
            offload.run(
                    Runnable::run,
                    () -> {
                        throw new StackOverflowError("deep");
                    },
                    done -> {},
                    heard::set);
            Eventually.holds(() -> assertThat(heard.get()).isInstanceOf(StackOverflowError.class));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAtOnce() throws InterruptedException {
        CountDownLatch going = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        try (Offload offload = new Offload("test", 1, 2)) {
            offload.run(
                    Runnable::run,
                    () -> {
                        going.countDown();
                        go.await();
                        return 1;
                    },
                    done::addAndGet,
                    thrown -> {});
            going.await();
            for (int i = 0; i < 2; i++) {
                assertThat(offload.run(Runnable::run, () -> 1, done::addAndGet, thrown -> {}))
                        .isTrue();
            }
            assertThat(offload.run(Runnable::run, () -> 100, done::addAndGet, thrown -> {}))
                    .isFalse();
            go.countDown();
            Eventually.holds(() -> assertThat(done).hasValue(3));
        }
    }

    @Test
    void aBufferWhoseLaneEndedIsReleased() {
        ByteBuf buffer = Unpooled.buffer();
        try (Offload offload = new Offload("test", 1, 1)) {
            offload.run(
                    task -> {
                        throw new RejectedExecutionException();
                    },
                    () -> buffer,
                    done -> {},
                    thrown -> {});
            Eventually.holds(() -> assertThat(buffer.refCnt()).isZero());
        }
    }
}
