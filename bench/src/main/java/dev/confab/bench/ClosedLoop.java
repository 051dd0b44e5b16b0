package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Clients that keep a number of messages on their way: each sends the next one when one was answered. */
final class ClosedLoop {

    private final int outstanding;
    private final int seconds;
    private final PrintWriter out;

    ClosedLoop(int outstanding, int seconds, PrintWriter out) {
        this.outstanding = outstanding;
        this.seconds = seconds;
        this.out = out;
    }

    /**
     * Warms up and measures answers per second.
     *
     * @param what is said on the terminal
     * @param tokens of the clients, each with the room in the same place
     * @param answer the event that counts as an answer
     */
    double rate(String what, ServerProcess server, List<String> tokens, List<RoomId> rooms, String answer)
            throws InterruptedException {
        LongAdder answers = new LongAdder();
        LongAdder others = new LongAdder();
        Sockets[] holder = new Sockets[1];
        try (Sockets sockets = Sockets.connect(server.webSocket(), tokens, (client, text) -> {
            if (Frames.is(answer, text)) {
                answers.increment();
                holder[0].send(client, Frames.sendMessage(rooms.get(client)));
            } else if (Frames.is("messageFailed", text) || Frames.is("error", text)) {
                others.increment();
            }
        })) {
            holder[0] = sockets;
            for (int client = 0; client < sockets.size(); client++) {
                for (int i = 0; i < outstanding; i++) {
                    sockets.send(client, Frames.sendMessage(rooms.get(client)));
                }
            }
            int warmUp = WarmUp.await(() -> AckBench.rate(answers::sum, WarmUp.WINDOW_SECONDS));
            double cpu = server.cpu().toNanos();
            long begin = System.nanoTime();
            double rate = AckBench.rate(answers::sum, seconds);
            double elapsed = (System.nanoTime() - begin) / 1e9;
            out.printf(
                    "  %s: %s/s after %d s of warming up, %d refused, %.2f cores of the server%n",
                    what,
                    Report.figure(rate),
                    warmUp,
                    others.sum(),
                    (server.cpu().toNanos() - cpu) / 1e9 / elapsed);
            out.flush();
            return rate;
        }
    }
}
