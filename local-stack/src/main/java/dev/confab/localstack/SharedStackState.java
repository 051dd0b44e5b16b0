package dev.confab.localstack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/** Where the servers of a test run are; a file that its keeper writes once all answer, and deletes before it ends. */
record SharedStackState(int postgresPort, String postgresPassword, int redisPort, int kafkaPort) {

    static SharedStackState of(LocalStack stack) {
        return new SharedStackState(
                stack.postgres().port(),
                stack.postgres().password(),
                stack.redis().port(),
                stack.kafka().port());
    }

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("postgres.port", Integer.toString(postgresPort));
        properties.setProperty("postgres.password", postgresPassword);
        properties.setProperty("redis.port", Integer.toString(redisPort));
        properties.setProperty("kafka.port", Integer.toString(kafkaPort));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        DataFolder.writePrivately(next, text.toString());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static Optional<SharedStackState> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return Optional.of(new SharedStackState(
                    Integer.parseInt(properties.getProperty("postgres.port")),
                    properties.getProperty("postgres.password"),
                    Integer.parseInt(properties.getProperty("redis.port")),
                    Integer.parseInt(properties.getProperty("kafka.port"))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether all three answer now. */
    boolean answers() {
        return new PostgresAdmin(postgresPort, PostgresServer.USER, postgresPassword).answers()
                && RedisProbe.answers(redisPort)
                && KafkaProbe.knowsABroker(kafkaPort);
    }

    @Override
    public String toString() {
        return "PostgreSQL " + postgresPort + ", Redis " + redisPort + ", Kafka " + kafkaPort; // without the password
    }
}
