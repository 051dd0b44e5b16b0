package dev.confab.bootstrap.config;

import java.net.URI;
import java.time.Duration;

/** Where everything is kept. */
public sealed interface Backend {

    /** In this process, gone when it ends. */
    record Memory() implements Backend {}

    /**
     * In PostgreSQL, Kafka and Redis.
     *
     * @param kafkaBrokers host:port, several separated by commas
     * @param kafkaReplication on how many brokers each record lies
     * @param namespace begins the names of all topics, keys and channels, so that installations can share servers
     * @param kafkaMinInSync how many of them must have a record before it counts as accepted
     * @param kafkaLinger how long a command may wait for others to travel with, 0 to 1 s
     */
    record External(
            Database database,
            String kafkaBrokers,
            int kafkaReplication,
            int kafkaMinInSync,
            Duration kafkaLinger,
            URI redisUrl,
            String namespace)
            implements Backend {
        /** Leaves out what Redis' address may hold of passwords. */
        @Override
        public String toString() {
            return "External[" + database + ", " + kafkaBrokers + "]";
        }
    }

    /**
     * A PostgreSQL database.
     *
     * @param url a JDBC URL
     * @param pool the most connections this process holds
     */
    record Database(String url, String user, String password, int pool) {
        /** Hides the password from logs. */
        @Override
        public String toString() {
            return url;
        }
    }
}
