package dev.confab.bootstrap.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How to reach the servers of a {@code confab up} that runs: a properties file in its data folder with the keys of the
 * configuration, there while it runs and for its owner's eyes. With {@code CONFAB_CONFIG} another gateway or worker
 * runs on the same servers.
 */
final class LocalConnection implements AutoCloseable {

    static final String FILE = "connection.properties";

    private final Path file;

    private LocalConnection(Path file) {
        this.file = file;
    }

    /** Writes it; closing takes it away. */
    static LocalConnection write(Path folder, Map<String, String> settings) throws IOException {
        Path file = folder.resolve(FILE);
        Path draft = folder.resolve(FILE + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Properties properties = new Properties();
        properties.putAll(new TreeMap<>(settings));
        try (Writer writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
            properties.store(writer, "The servers of `confab up` on this folder, while it runs");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return new LocalConnection(file);
    }

    /**
     * What a running {@code confab up} on that folder wrote; empty when none was started or the last one was stopped. One
     * that was killed has left its own behind, of servers that do not answer.
     */
    static Map<String, String> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Map<String, String> settings = new HashMap<>();
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        }
        return settings;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
