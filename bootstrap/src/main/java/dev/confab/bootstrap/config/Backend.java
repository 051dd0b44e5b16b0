package dev.confab.bootstrap.config;

import java.net.URI;

/** Where everything is kept. */
public sealed interface Backend {

    /** In this process, gone when it ends. */
    record Memory() implements Backend {}

    /**
     * In PostgreSQL, Kafka and Redis.
     *
     * @param databaseUrl a JDBC URL
     * @param databasePool the most database connections this process holds
     * @param kafkaBrokers host:port, several separated by commas
     * @param kafkaReplication on how many brokers each record lies
     * @param namespace begins the names of all topics, keys and channels, so that installations can share servers
     * @param kafkaMinInSync how many of them must have a record before it counts as accepted
     */
    record External(
            String databaseUrl,
            String databaseUser,
            String databasePassword,
            int databasePool,
            String kafkaBrokers,
            int kafkaReplication,
            int kafkaMinInSync,
            URI redisUrl,
            String namespace)
            implements Backend {
        /** Hides the password from logs. */
        @Override
        public String toString() {
            return "External[" + databaseUrl + ", " + kafkaBrokers + "]";
        }
    }
}
