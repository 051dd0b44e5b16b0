package dev.confab.bench.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers each line with the same line. */
class FaultyNetworkTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 300;

    private final FaultyNetwork network = new FaultyNetwork();
    private final FaultyNetwork.Link link = network.open();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private ServerSocket server;

    FaultyNetworkTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void listen() {
        link.leadTo(server.getLocalPort());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> echo(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void echo(Socket socket) {
        try (socket) {
            for (String line = line(socket.getInputStream()); !line.isEmpty(); line = line(socket.getInputStream())) {
                heard.add(line);
                socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
            }
        } catch (IOException broken) {
            heard.add("broken");
        }
    }

    /** The next line, or an empty one at the end. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
        return line(socket.getInputStream());
    }

    private static void say(Socket socket, String line, int silentMillis) throws IOException {
        socket.setSoTimeout(silentMillis);
        assertThatThrownBy(() -> say(socket, line)).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    @Test
    void passesOnWhatIsSaidOfAnyLengthAndTheEnd() throws IOException {
        try (Socket socket = connect()) {
            assertThat(say(socket, "hello")).isEqualTo("hello");
            String much = "x".repeat(1_000_000);
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write((much + "\n").getBytes(US_ASCII));
                } catch (IOException broken) {
                    heard.add("broken");
                }
            });
            assertThat(line(socket.getInputStream())).isEqualTo(much);
            assertThat(say(socket, "")).isEmpty();
        }
    }

    @Test
    void aDroppedConnectionIsResetAndSoIsANewOne() throws IOException {
        try (Socket socket = connect()) {
            assertThat(say(socket, "hello")).isEqualTo("hello");
            link.cut(Cut.DROP);
            assertThatThrownBy(() -> say(socket, "again").isEmpty()).isInstanceOf(SocketException.class);
        }
        assertThatThrownBy(() -> {
                    try (Socket socket = connect()) {
                        for (int i = 0; i < 100; i++) {
                            assertThat(say(socket, "again")).isEmpty();
                        }
                    }
                })
                .isInstanceOf(SocketException.class);
        link.heal();
        try (Socket socket = connect()) {
            assertThat(say(socket, "back")).isEqualTo("back");
        }
    }

    @Test
    void whatWasSaidIntoSilenceArrivesOnceItEnds() throws Exception {
        try (Socket socket = connect()) {
            assertThat(say(socket, "hello")).isEqualTo("hello");
            link.cut(Cut.SILENCE);
            say(socket, "again", SILENCE_MILLIS);
            try (Socket late = connect()) {
                say(late, "late", SILENCE_MILLIS);
                assertThat(heard).containsExactly("hello");
                link.heal();
                assertThat(line(socket.getInputStream())).isEqualTo("again");
                assertThat(line(late.getInputStream())).isEqualTo("late");
            }
        }
    }

    @Test
    void whereAnswersAreLostTheServerHearsAndTheClientFindsItBrokenAfterwards() throws Exception {
        try (Socket socket = connect()) {
            assertThat(say(socket, "hello")).isEqualTo("hello");
            link.cut(Cut.LOST_ANSWERS);
            say(socket, "again", SILENCE_MILLIS);
            assertThat(heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("hello");
            assertThat(heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("again");
            link.heal();
            assertThatThrownBy(() -> line(socket.getInputStream())).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void slowIsLateAndKeepsTheOrderWhenItIsHealed() throws Exception {
        try (Socket socket = connect()) {
            link.cut(Cut.SLOW);
            long begin = System.nanoTime();
            assertThat(say(socket, "hello")).isEqualTo("hello");
            assertThat(System.nanoTime() - begin)
                    .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(2 * Cut.DELAY_MILLIS));
            socket.getOutputStream().write("first\n".getBytes(US_ASCII));
            link.heal();
            socket.getOutputStream().write("second\n".getBytes(US_ASCII));
            assertThat(line(socket.getInputStream())).isEqualTo("first");
            assertThat(line(socket.getInputStream())).isEqualTo("second");
        }
    }

    @Test
    void whereNobodyListensAConnectionIsReset() throws IOException {
        server.close();
        try (Socket socket = connect()) {
            assertThatThrownBy(() -> {
                        String said = say(socket, "hello");
                        assertThat(said).isEqualTo("never");
                    })
                    .isInstanceOf(SocketException.class);
        }
    }
}
