package dev.confab.netty.health;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs all checks side by side and keeps what they found for a second, so that many who ask cost no more than one. A
 * check that does not come back in time is down; it is not started again before it came back, so that a thing that hangs
 * holds one thread and no more. Safe on any thread.
 */
public final class HealthChecks implements AutoCloseable {

    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final List<Running> checks;
    private final LongSupplier nanoTime;
    private final Duration timeToAnswer;
    private final ExecutorService pool;
    private @Nullable CompletableFuture<HealthReport> latest;
    private long latestAt;

    /**
     * @param nanoTime a clock that never goes backwards, in nanoseconds from any origin
     */
    public HealthChecks(List<HealthCheck> checks, LongSupplier nanoTime) {
        this(checks, nanoTime, TIME_TO_ANSWER);
    }

    HealthChecks(List<HealthCheck> checks, LongSupplier nanoTime, Duration timeToAnswer) {
        this.checks = checks.stream().map(Running::new).toList();
        this.nanoTime = nanoTime;
        this.timeToAnswer = timeToAnswer;
        this.pool = Executors.newFixedThreadPool(
                Math.max(1, checks.size()), new DefaultThreadFactory("confab-health", true));
    }

    /** What the checks find, at most a second old; completes within 2 s, never exceptionally. Does not block. */
    public CompletionStage<HealthReport> report() {
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (latest != null && (!latest.isDone() || now - latestAt < FRESH.toNanos())) {
                return latest.minimalCompletionStage();
            }
            latestAt = now;
            latest = look();
            return latest.minimalCompletionStage();
        }
    }

    private CompletableFuture<HealthReport> look() {
        List<CompletableFuture<HealthReport.Finding>> findings = new ArrayList<>();
        for (Running check : checks) {
            findings.add(check.look());
        }
        return CompletableFuture.allOf(findings.toArray(CompletableFuture[]::new))
                .thenApply(all -> new HealthReport(
                        findings.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private final class Running {
        private final HealthCheck check;
        private @Nullable CompletableFuture<@Nullable Void> underWay;

        Running(HealthCheck check) {
            this.check = check;
        }

        CompletableFuture<HealthReport.Finding> look() {
            if (underWay == null || underWay.isDone()) {
                underWay = CompletableFuture.runAsync(this::probe, pool);
            }
            long start = nanoTime.getAsLong();
            return underWay.copy()
                    .orTimeout(timeToAnswer.toNanos(), TimeUnit.NANOSECONDS)
                    .handle((nothing, thrown) -> new HealthReport.Finding(
                            check.name(),
                            check.required(),
                            thrown == null,
                            TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start),
                            thrown == null ? null : detail(thrown)));
        }

        private void probe() {
            try {
                check.probe().check();
            } catch (Exception e) {
                throw new FailedProbeException(e);
            }
        }

        private String detail(Throwable thrown) {
            Throwable cause = thrown;
            while (cause.getCause() != null
                    && (cause instanceof FailedProbeException
                            || cause instanceof java.util.concurrent.CompletionException)) {
                cause = cause.getCause();
            }
            if (cause instanceof TimeoutException) {
                return "did not answer within " + timeToAnswer.toMillis() + " ms";
            }
            String message = cause.getMessage();
            return message == null || message.isBlank()
                    ? "failed"
                    : message.lines().findFirst().orElse("failed");
        }
    }

    /** Carries what a probe threw out of the pool. */
    private static final class FailedProbeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedProbeException(Exception cause) {
            super(cause);
        }
    }
}
