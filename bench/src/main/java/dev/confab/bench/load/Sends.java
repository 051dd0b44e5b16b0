package dev.confab.bench.load;

import dev.confab.bench.history.Fingerprint;
import dev.confab.bench.history.HistoryWriter;
import dev.confab.bench.history.Operation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one client sent or has to send and does not know the end of. What was not answered is sent again under the same name
 * over the next connection. Used on the client's event loop alone.
 */
final class Sends {

    private final Fleet fleet;
    private final ChatClient client;
    private final HistoryWriter history;
    private final Meter meter;

    /** By number, in the order in which they were due. */
    private final Map<Long, Open> open = new LinkedHashMap<>(4);

    /** Shown in the timeline before its answer came, which may happen where storing is quick. */
    private final Set<Long> shownFirst = new HashSet<>(4);

    /** A message whose end is not known. */
    static final class Open {
        final int room;
        int attempts;
        boolean accepted;
        /** Nobody will say it any more in the room, and {@code /outcomes} knows it. */
        boolean known;

        Open(int room) {
            this.room = room;
        }
    }

    Sends(Fleet fleet, ChatClient client) {
        this.fleet = fleet;
        this.client = client;
        this.history = fleet.history();
        this.meter = fleet.meter();
    }

    Map<Long, Open> open() {
        return open;
    }

    /** Sends a message now or, if there is no connection, when there is one. */
    void send(int room, long message) {
        Open fresh = new Open(room);
        open.put(message, fresh);
        transmit(message, fresh);
    }

    /** There is a connection again. */
    void connected() {
        open.forEach((message, each) -> {
            if (!each.accepted) {
                transmit(message, each);
            }
        });
    }

    private void transmit(long message, Open sent) {
        if (!client.isGreeted()) {
            return;
        }
        String room = fleet.rooms().get(sent.room);
        String key = fleet.numbers().key(message);
        String content = fleet.content() + message;
        history.write(new Operation.Sent(client.now(), room, key, Fingerprint.of(content)));
        meter.attempts.increment();
        sent.attempts++;
        boolean unused = client.write(ClientFrames.message(room, key, content));
    }

    void accepted(String key) {
        history.write(new Operation.Accepted(client.now(), key));
        long message = fleet.numbers().number(key);
        Open sent = open.get(message);
        if (shownFirst.remove(message) || (sent != null && !sent.accepted)) {
            meter.accepted.increment();
            meter.record(Meter.Stage.ACCEPTED, since(message));
        }
        if (sent != null) {
            sent.accepted = true;
        }
    }

    void failed(ServerFrame.Failed failed) {
        history.write(new Operation.Failed(client.now(), failed.key(), failed.code()));
        meter.failed(failed.code());
        long message = fleet.numbers().number(failed.key());
        Open sent = open.get(message);
        if (sent == null || sent.accepted) {
            return;
        }
        if (failed.retryable() || failed.code().equals(Operation.Failed.OUTCOME_UNKNOWN)) {
            int here = client.connection();
            client.later(sent.attempts, () -> {
                if (here == client.connection() && open.containsKey(message) && !sent.accepted) {
                    transmit(message, sent);
                }
            });
        } else {
            boolean unused = end(message);
        }
    }

    void rejected(ServerFrame.Rejected rejected) {
        history.write(new Operation.Rejected(client.now(), rejected.room(), rejected.key(), rejected.code()));
        if (end(fleet.numbers().number(rejected.key()))) {
            meter.rejected.increment();
        }
    }

    /** One's own message is in the timeline; returns whether that was not known. */
    boolean shown(long message) {
        Open sent = open.get(message);
        if (sent != null && end(message)) {
            if (!sent.accepted) {
                shownFirst.add(message);
            }
            meter.seenBySender.increment();
            meter.record(Meter.Stage.PERSISTED, since(message));
            return true;
        }
        return false;
    }

    private boolean end(long message) {
        Open ended = open.remove(message);
        if (ended != null && !ended.known) {
            fleet.ended();
        }
        return ended != null;
    }

    /** The room begins anew for this client: what was stored before that is not shown to it, so it asks. */
    void roomBeganAnew(int room) {
        open.forEach((message, sent) -> {
            if (sent.room == room && sent.attempts > 0 && !sent.known) {
                ask(message, sent);
            }
        });
    }

    /** Until it is answered, over whichever connections: who resumes after a new beginning is not shown what was before. */
    private void ask(long message, Open sent) {
        if (sent.known || open.get(message) != sent) {
            return;
        }
        fleet.rest()
                .outcome(
                        client.server(),
                        client.person().token(),
                        fleet.rooms().get(sent.room),
                        fleet.numbers().key(message))
                .whenCompleteAsync(
                        (said, fault) -> {
                            if (sent.known || open.get(message) != sent) {
                                return;
                            }
                            if (fault != null) {
                                client.later(2, () -> ask(message, sent));
                            } else if (said.status() != Operation.Status.UNKNOWN) {
                                // It stays open, so that the end of the run asks again and writes it down.
                                sent.known = true;
                                fleet.ended();
                            }
                        },
                        client.loop());
    }

    private long since(long message) {
        return System.nanoTime() - fleet.numbers().due(message);
    }
}
