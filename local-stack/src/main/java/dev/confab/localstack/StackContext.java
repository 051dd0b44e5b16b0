package dev.confab.localstack;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the servers of one stack share. Thread-safe.
 *
 * @param advertisedKafkaPort where Kafka sends its clients; 0 for its own port
 */
record StackContext(
        DataFolder folder,
        BinaryCache binaries,
        PortBook ports,
        Platform platform,
        Durability durability,
        int advertisedKafkaPort,
        ProgressListener progress,
        @Nullable Guardian guardian,
        AtomicBoolean started) {

    /** Whether all servers were ready once, so that others know their ports. */
    boolean isStarted() {
        return started.get();
    }

    void watch(ServerProcess server) {
        if (guardian != null) {
            guardian.watch(server);
        }
    }

    void forget(ServerProcess server) {
        if (guardian != null) {
            guardian.forget(server);
        }
    }
}
