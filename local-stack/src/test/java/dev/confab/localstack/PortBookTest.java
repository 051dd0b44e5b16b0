package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortBookTest {

    private Path file = Path.of("");

    @BeforeEach
    void choosePlace(@TempDir Path folder) {
        file = folder.resolve("ports.properties");
    }

    @Test
    void aPortIsRememberedAcrossBooks() {
        int port = new PortBook(file).portFor("kafka");
        assertThat(new PortBook(file).portFor("kafka")).isEqualTo(port);
    }

    @Test
    void aPortTakenByAnotherIsReplacedByAFreeOne() throws IOException {
        PortBook book = new PortBook(file);
        int port = book.portFor("redis");
        try (ServerSocket other = new ServerSocket()) {
            other.bind(Loopback.at(port));
            assertThat(book.isTaken("redis")).isTrue();
            assertThat(new PortBook(file).portFor("redis")).isNotEqualTo(port);
        }
    }

    @Test
    void namesNeverShareAPort() {
        PortBook book = new PortBook(file);
        assertThat(book.portFor("a")).isNotEqualTo(book.portFor("b"));
    }

    @Test
    void aDamagedBookIsReplaced() throws IOException {
        Files.writeString(file, "kafka=soon\nredis=\\u12");
        int port = new PortBook(file).portFor("kafka");
        assertThat(port).isPositive();
        assertThat(new PortBook(file).portFor("kafka")).isEqualTo(port);
    }
}
