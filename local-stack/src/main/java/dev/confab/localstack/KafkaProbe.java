package dev.confab.localstack;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a broker which brokers there are: a Metadata request, version 1, without topics, as Kafka's protocol guide
 * describes it. Written by hand so that this module needs no Kafka class at compile time.
 */
final class KafkaProbe {

    private static final int METADATA = 3;
    private static final int VERSION = 1;
    private static final int CORRELATION_ID = 1;
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int LARGEST_ANSWER = 64 * 1024;

    private KafkaProbe() {}

    /** Whether the broker on this port of 127.0.0.1 answers, and counts itself as one that takes requests. */
    static boolean knowsABroker(int port) {
        try (Socket socket = Loopback.connect(port, TIMEOUT_MILLIS)) {
            socket.getOutputStream().write(request());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int size = in.readInt();
            if (size < 8 || size > LARGEST_ANSWER || in.readInt() != CORRELATION_ID) {
                return false;
            }
            int brokers = in.readInt();
            return brokers > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] request() throws IOException {
        byte[] client = "local-stack".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int size = 2 + 2 + 4 + 2 + client.length + 4;
        out.writeInt(size);
        out.writeShort(METADATA);
        out.writeShort(VERSION);
        out.writeInt(CORRELATION_ID);
        out.writeShort(client.length);
        out.write(client);
        out.writeInt(0); // of no topic
        return bytes.toByteArray();
    }
}
