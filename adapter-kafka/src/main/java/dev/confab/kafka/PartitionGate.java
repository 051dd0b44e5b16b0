package dev.confab.kafka;

import java.time.Duration;

/**
 * Decides whether a command may be handed to the producer, for one partition. What was handed over cannot be taken
 * back, and if the broker is away it stays unknown for {@link ClientConfigs#COMMAND_DELIVERY} what becomes of it. So
 * once there is no connection to any broker, or nothing was acknowledged for long, the partition is under suspicion:
 * nothing more is handed over until an acknowledgement arrives or, when nothing is on its way any more, a leader was
 * seen; and then one command alone, to see whether it passes.
 *
 * <p>One thread asks and hands over, another reports what became of it, a third what it saw of the leader.
 */
final class PartitionGate {

    /** What to do with a command now. */
    enum Verdict {
        /** Hand it over. */
        SEND,
        /** Keep it for a moment: it may be possible to send it soon. */
        HOLD,
        /** Answer that it was not sent. */
        REFUSE
    }

    /** A command is kept for so long, and a suspicion of that age is sure. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** So long without any acknowledgement is suspicious though there is a connection: a busy broker may pause. */
    static final Duration SILENCE = Duration.ofSeconds(3);

    private static final long NEVER = Long.MIN_VALUE;

    // Written by the thread that hands over.
    private long handedOver;
    // Written by the thread that reports.
    private volatile long settled;
    private volatile long lastProgress;

    private volatile long suspectSince = NEVER;
    private volatile long lastFailure = NEVER;
    private volatile long leaderSeen = NEVER;

    /**
     * @param connected whether there is a connection to any broker
     * @param now in the time of {@link System#nanoTime()}, as all times here
     */
    Verdict verdict(boolean connected, long now) {
        boolean waiting = handedOver > settled;
        if (suspectSince == NEVER) {
            boolean silent = waiting && now - lastProgress > SILENCE.toNanos();
            if (connected && !silent) {
                return Verdict.SEND;
            }
            suspectSince = silent ? lastProgress : now;
        }
        if (!waiting && leaderSeenSinceTrouble()) {
            return Verdict.SEND;
        }
        return now - suspectSince > PATIENCE.toNanos() ? Verdict.REFUSE : Verdict.HOLD;
    }

    private boolean leaderSeenSinceTrouble() {
        long seen = leaderSeen;
        return seen != NEVER && seen - suspectSince > 0 && (lastFailure == NEVER || seen - lastFailure > 0);
    }

    boolean isSuspect() {
        return suspectSince != NEVER;
    }

    /** A command is about to be handed over. */
    void handOver(long now) {
        if (handedOver == settled) {
            lastProgress = now;
        }
        handedOver++;
    }

    /** The command just counted was not taken. Called by the thread that hands over. */
    void takeBack() {
        handedOver--;
    }

    void acknowledged(long now) {
        lastProgress = now;
        suspectSince = NEVER;
        settle();
    }

    void failed(long now) {
        lastFailure = now;
        settle();
    }

    /** Somebody else's question was answered: the partition has a leader. */
    void leaderSeen(long now) {
        leaderSeen = now;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread alone writes it
    private void settle() {
        settled++;
    }
}
