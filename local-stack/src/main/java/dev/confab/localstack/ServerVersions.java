package dev.confab.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions the build put on the class path. */
final class ServerVersions {

    private static final Properties VERSIONS = load();

    private ServerVersions() {}

    /** For example {@code 18.6.0}. */
    static String postgres() {
        return VERSIONS.getProperty("postgres");
    }

    /** For example {@code 4.3.1}. */
    static String kafka() {
        return VERSIONS.getProperty("kafka");
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream in = ServerVersions.class.getResourceAsStream("versions.properties")) {
            if (in == null) {
                throw new IllegalStateException("versions.properties is missing beside " + ServerVersions.class);
            }
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
