package dev.confab.localstack;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what gives no notice, such as processes that are not children of this one. */
final class Await {

    private static final long STEP_MILLIS = 15;

    private Await() {}

    /** Whether the condition became true within the time. An interrupt ends the wait and stays set. */
    static boolean until(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return condition.getAsBoolean();
            }
        }
        return true;
    }
}
