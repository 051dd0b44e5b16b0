package dev.confab.netty.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.netty.health.HealthReport.Finding;
import dev.confab.netty.health.HealthReport.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HealthChecksTest {

    private final AtomicLong now = new AtomicLong();

    private HealthReport look(HealthCheck... checks) {
        try (HealthChecks health = new HealthChecks(List.of(checks), now::get)) {
            return health.report().toCompletableFuture().join();
        }
    }

    private static HealthCheck.Probe broken(String message) {
        return () -> {
            throw new IllegalStateException(message);
        };
    }

    @Test
    void allIsWellWhenEverythingIsUp() {
        HealthReport report = look(HealthCheck.required("a", () -> {}), HealthCheck.optional("b", () -> {}));

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(report.findings()).extracting(Finding::name).containsExactly("a", "b");
    }

    @Test
    void whatMessagesFlowWithoutOnlyDegrades() {
        HealthReport report = look(HealthCheck.required("a", () -> {}), HealthCheck.optional("b", broken("gone\nx")));

        assertThat(report.status()).isEqualTo(Status.DEGRADED);
        assertThat(report.isReady()).isTrue();
        assertThat(report.findings().getLast().detail()).isEqualTo("gone");
    }

    @Test
    void whatMessagesNeedTakesItDown() {
        HealthReport report = look(HealthCheck.required("a", broken("gone")), HealthCheck.optional("b", () -> {}));

        assertThat(report.status()).isEqualTo(Status.DOWN);
        assertThat(report.isReady()).isFalse();
    }

    @Test
    void manyWhoAskCostOneLookASecond() {
        AtomicInteger looks = new AtomicInteger();
        HealthCheck check = HealthCheck.required("a", looks::incrementAndGet);
        try (HealthChecks health = new HealthChecks(List.of(check), now::get)) {
            for (int i = 0; i < 100; i++) {
                health.report().toCompletableFuture().join();
            }
            assertThat(looks).hasValue(1);
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            health.report().toCompletableFuture().join();
            assertThat(looks).hasValue(2);
        }
    }

    @Test
    void whatHangsIsDownAndHoldsOneThread() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        HealthCheck hanging = HealthCheck.required("a", () -> {
            started.incrementAndGet();
            never.await();
        });
        try (HealthChecks health = new HealthChecks(List.of(hanging), now::get, Duration.ofMillis(50))) {
            for (int i = 0; i < 3; i++) {
                HealthReport report = health.report().toCompletableFuture().join();
                assertThat(report.status()).isEqualTo(Status.DOWN);
                assertThat(report.findings().getFirst().detail()).isEqualTo("did not answer within 50 ms");
                now.addAndGet(TimeUnit.SECONDS.toNanos(2));
            }
            assertThat(started).hasValue(1);
            never.countDown();
        }
    }
}
