package dev.confab.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How many accepted commands the database has not stored yet, by the database's own count of how far it is: what the workers'
 * group committed says nothing after a restore. Used by one thread.
 */
final class Backlog implements AutoCloseable {

    private static final String COMMANDS = "chat.messages.v1";
    private static final String DEAD_LETTERS = "chat.messages.dlt.v1";
    private static final int PARTITIONS = 6;

    private final Installation installation;
    private final String database;
    private final String prefix;
    private final Admin admin;

    private Backlog(Installation installation, String database, String prefix) {
        this.installation = installation;
        this.database = database;
        this.prefix = prefix;
        this.admin = Admin.create(Map.of(
                "bootstrap.servers",
                installation.brokers(),
                "request.timeout.ms",
                5_000,
                "default.api.timeout.ms",
                10_000));
    }

    static Backlog open(Installation installation, String database, String prefix) {
        return new Backlog(installation, database, prefix);
    }

    /**
     * Commands that are not stored, rejected or parked.
     *
     * @throws SQLException when the database does not answer
     * @throws ExecutionException when the broker does not
     */
    long left() throws SQLException, InterruptedException, ExecutionException {
        Map<Integer, Long> stored = stored();
        long left = 0;
        for (Map.Entry<TopicPartition, Long> end : ends(COMMANDS, PARTITIONS).entrySet()) {
            left += Math.max(
                    0, end.getValue() - stored.getOrDefault(end.getKey().partition(), 0L));
        }
        return left;
    }

    /** Records that were parked so far. */
    long parked() throws InterruptedException, ExecutionException {
        return ends(DEAD_LETTERS, 1).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Map<Integer, Long> stored() throws SQLException {
        Map<Integer, Long> stored = new HashMap<>();
        try (Connection connection = installation.connect(database);
                PreparedStatement query = connection.prepareStatement(
                        "select partition, next_offset from partition_progress where topic = ?")) {
            query.setString(1, prefix + COMMANDS);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    stored.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        return stored;
    }

    private Map<TopicPartition, Long> ends(String topic, int partitions)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(prefix + topic, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, ListOffsetsResultInfo> found =
                admin.listOffsets(asked).all().get();
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().offset()));
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
