package dev.confab.localstack;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Talks to a Redis of this machine with inline commands, as its protocol page allows. */
final class RedisProbe {

    private static final int PING_MILLIS = 1_000;
    private static final int COMMAND_MILLIS = 10_000;

    private RedisProbe() {}

    static boolean answers(int port) {
        try {
            return ask(port, PING_MILLIS, "PING").equals(List.of("+PONG"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends commands whose answers are one line each, and returns those lines. */
    static List<String> ask(int port, String... commands) throws IOException {
        return ask(port, COMMAND_MILLIS, commands);
    }

    private static List<String> ask(int port, int timeoutMillis, String... commands) throws IOException {
        try (Socket socket = Loopback.connect(port, timeoutMillis)) {
            String request = String.join("\r\n", commands) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> answers = new ArrayList<>();
            for (String command : commands) {
                String answer = in.readLine();
                if (answer == null) {
                    throw new EOFException("Redis closed the connection");
                }
                if (answer.startsWith("-")) {
                    throw new IOException("Redis answered " + command + " with " + answer);
                }
                answers.add(answer);
            }
            return answers;
        }
    }
}
