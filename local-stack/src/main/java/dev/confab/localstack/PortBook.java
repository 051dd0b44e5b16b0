package dev.confab.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports, remembered in the data folder so that the next start gets the same ones where they are still free. */
final class PortBook {

    // Below what Linux (32768) and macOS (49152) hand out for outgoing connections: those would take a remembered port.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private final Path file;
    private final Properties ports = new Properties();

    PortBook(Path file) {
        this.file = file;
        try (InputStream in = Files.newInputStream(file)) {
            ports.load(in);
        } catch (IOException | IllegalArgumentException e) {
            ports.clear(); // none yet, or unreadable: choose anew
        }
    }

    /** The remembered port of this name if it is free now, else a new one. */
    synchronized int portFor(String name) {
        int remembered = remembered(name);
        return remembered > 0 && isFree(remembered) ? remembered : choose(name);
    }

    /** Whether somebody listens on the port that was handed out under this name. */
    synchronized boolean isTaken(String name) {
        int port = remembered(name);
        return port > 0 && !isFree(port);
    }

    private int remembered(String name) {
        try {
            return Integer.parseInt(ports.getProperty(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private int choose(String name) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!ports.containsValue(Integer.toString(port)) && isFree(port)) {
                ports.setProperty(name, Integer.toString(port));
                save();
                return port;
            }
        }
        throw new LocalStackException("there is no free port between " + LOWEST + " and " + HIGHEST);
    }

    private void save() {
        try (OutputStream out = Files.newOutputStream(file)) {
            ports.store(out, "ports of the servers, on 127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(Loopback.at(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
