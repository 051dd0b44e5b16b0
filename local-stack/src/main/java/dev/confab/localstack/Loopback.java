package dev.confab.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/** 127.0.0.1, where all servers listen; never ::1, whatever the JVM prefers. */
final class Loopback {

    private static final InetAddress ADDRESS = address();

    private Loopback() {}

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(ADDRESS, port);
    }

    /** A connection on which each read ends after the time. */
    static Socket connect(int port, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(at(port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for a wrong number of bytes
        }
    }
}
