package dev.confab.netty.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TokenBucketsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);

    private TokenBuckets<Object> buckets(String limit, int maxKeys) {
        return new TokenBuckets<>(RateLimit.parse(limit), maxKeys, now::get);
    }

    private void pass(long nanos) {
        now.addAndGet(nanos);
    }

    @Test
    void aBurstPassesAndThenTheRateDoes() {
        TokenBuckets<Object> buckets = buckets("10/s burst 3", 100);
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take("kim")).isZero();
        }
        assertThat(buckets.take("kim")).isEqualTo(SECOND / 10);
        assertThat(buckets.take("lee")).isZero();

        pass(SECOND / 10 - 1);
        assertThat(buckets.take("kim")).isEqualTo(1);
        pass(1);
        assertThat(buckets.take("kim")).isZero();
        assertThat(buckets.take("kim")).isEqualTo(SECOND / 10);
    }

    @Test
    void aRefusalCostsNothing() {
        TokenBuckets<Object> buckets = buckets("1/s burst 1", 100);
        buckets.take("kim");
        for (int i = 0; i < 100; i++) {
            assertThat(buckets.take("kim")).isEqualTo(SECOND);
        }
        pass(SECOND);
        assertThat(buckets.take("kim")).isZero();
    }

    @Test
    void aBucketHoldsNoMoreThanItsBurst() {
        TokenBuckets<Object> buckets = buckets("1/s burst 2", 100);
        buckets.take("kim");
        pass(3_600 * SECOND);

        assertThat(buckets.take("kim")).isZero();
        assertThat(buckets.take("kim")).isZero();
        assertThat(buckets.take("kim")).isPositive();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        TokenBuckets<Object> buckets = buckets("1/min burst 1", 100);
        for (int i = 0; i < 50; i++) {
            assertThat(buckets.take("kim")).isZero();
            buckets.giveBack("kim");
        }
        buckets.giveBack("nobody");
        assertThat(buckets.take("kim")).isZero();
        assertThat(buckets.take("kim")).isPositive();
    }

    @Test
    void offTakesNoMemory() {
        TokenBuckets<Object> buckets = buckets("off", 100);
        for (int i = 0; i < 1_000; i++) {
            assertThat(buckets.take(i)).isZero();
        }
        assertThat(buckets.size()).isZero();
    }

    @Test
    void fullBucketsAreForgotten() {
        TokenBuckets<Object> buckets = buckets("10/s burst 2", 1_000_000);
        for (int i = 0; i < 10_000; i++) {
            buckets.take(i);
            pass(SECOND / 100);
        }
        assertThat(buckets.size()).isLessThan(100);
    }

    @Test
    void memoryIsBoundedWhoeverComes() {
        TokenBuckets<Object> buckets = buckets("1/h burst 2", 1_000);
        for (int i = 0; i < 20_000; i++) {
            assertThat(buckets.take(i)).isZero();
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(1_001);
    }
}
