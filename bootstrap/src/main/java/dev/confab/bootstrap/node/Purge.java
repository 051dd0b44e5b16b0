package dev.confab.bootstrap.node;

import dev.confab.bootstrap.archive.ArchiveFiles;
import dev.confab.bootstrap.config.Retention;
import dev.confab.chat.Chat;
import dev.confab.chat.port.out.RetentionPorts;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The part of a worker that archives and deletes old messages, on a thread of its own. */
final class Purge implements AutoCloseable {

    private static final int STOP_SECONDS = 2;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("confab-retention").factory());

    private Purge() {}

    /** Does nothing where messages are kept for ever. */
    static AutoCloseable start(@Nullable Retention retention, Backends backends, Clock clock) {
        if (retention == null) {
            return () -> {};
        }
        Purge purge = new Purge();
        var unused = Chat.startRetention(
                new RetentionPorts(backends.retention(), backends.messageLog(), new ArchiveFiles(retention.archive())),
                clock,
                retention.age(),
                purge.thread);
        return purge;
    }

    /** Stops after the part that is under way. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        boolean unused = thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
