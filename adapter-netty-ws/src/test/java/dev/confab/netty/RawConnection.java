package dev.confab.netty;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A socket on which anything can be said. Reads give up after 20 s. */
public final class RawConnection implements Closeable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    public RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    /** One response: status, head in lower case, body by its length. */
    public record Response(int status, List<String> head, String body) {

        public String header(String name) {
            String prefix = name + ": ";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .findFirst()
                    .orElse("");
        }
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads the next response. */
    public Response read() throws IOException {
        return read(true);
    }

    /**
     * Reads the next response.
     *
     * @param withBody false for the answer to HEAD, which has a length and no body
     */
    public Response read(boolean withBody) throws IOException {
        String status = line();
        List<String> head = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        Response response = new Response(Integer.parseInt(status.substring(9, 12)), head, "");
        String length = response.header("content-length");
        if (!withBody || length.isEmpty()) {
            return response;
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        return new Response(response.status(), head, new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the server closes its half before anything else comes. */
    public boolean ends() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + bytes.toString(StandardCharsets.UTF_8));
            }
            if (next == '\n') {
                return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            bytes.write(next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
