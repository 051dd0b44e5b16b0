package dev.confab.bench.load;

import dev.confab.bench.history.Operation;
import dev.confab.bench.history.Shown;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run: waits until all is quiet, writes down up to where everybody had to get, asks for what became of open
 * messages, and reads every room's final history. What did not come by then is in the history as missing; judging that is
 * the checker's.
 */
public final class Ending {

    private static final int ASKED_AT_ONCE = 32;
    private static final int TRIES = 40;

    private final Fleet fleet;
    private final Duration patience;
    private final long[] heads;

    private Ending(Fleet fleet, Duration patience) {
        this.fleet = fleet;
        this.patience = patience;
        this.heads = new long[fleet.rooms().size()];
    }

    /**
     * Brings a run to its end. Nothing may be sent any more. The clients are disconnected when this returns.
     *
     * @param patience for answers that are on their way, and again for events that are
     */
    public static void of(Fleet fleet, Duration patience) throws InterruptedException {
        new Ending(fleet, patience).run();
    }

    private void run() throws InterruptedException {
        boolean answered = await(() -> fleet.open());
        boolean caughtUp = allHeadsSeen();
        if (!answered || !caughtUp) {
            // Once more: what was open may have been sent again meanwhile.
            boolean unused = allHeadsSeen();
        }
        fleet.onAll(client -> {
            for (int room : client.person().rooms()) {
                fleet.history()
                        .write(new Operation.Until(client.now(), fleet.rooms().get(room), heads[room]));
            }
        });
        askForOutcomes();
        for (int room = 0; room < heads.length; room++) {
            readHistory(room);
        }
        fleet.disconnect(patience);
    }

    private boolean allHeadsSeen() throws InterruptedException {
        for (int room = 0; room < heads.length; room++) {
            String id = fleet.rooms().get(room);
            String token = memberOf(room).token();
            heads[room] = ask(gateway -> fleet.rest().head(gateway, token, id));
        }
        return await(() -> {
            try {
                return fleet.behind(heads);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return 0;
            }
        });
    }

    /** A message whose end is not known by now, or a change that was accepted. */
    private record Open(ChatClient client, String room, String key) {}

    private void askForOutcomes() throws InterruptedException {
        List<Open> open = new ArrayList<>();
        fleet.onAll(client -> {
            List<Open> own = new ArrayList<>();
            for (Map.Entry<Long, Sends.Open> each : client.sends().open().entrySet()) {
                if (each.getValue().attempts > 0) {
                    own.add(new Open(
                            client,
                            fleet.rooms().get(each.getValue().room),
                            fleet.numbers().key(each.getKey())));
                }
            }
            client.changes()
                    .accepted()
                    .forEach((key, room) ->
                            own.add(new Open(client, fleet.rooms().get(room), key)));
            synchronized (open) {
                open.addAll(own);
            }
        });
        for (int from = 0; from < open.size(); from += ASKED_AT_ONCE) {
            askForOutcomes(open.subList(from, Math.min(open.size(), from + ASKED_AT_ONCE)));
        }
    }

    private void askForOutcomes(List<Open> some) throws InterruptedException {
        List<CompletableFuture<Rest.@Nullable Said>> answers = new ArrayList<>();
        for (Open each : some) {
            answers.add(outcome(fleet.gateway(0), each).handle((said, fault) -> fault == null ? said : null));
        }
        for (int i = 0; i < some.size(); i++) {
            Open each = some.get(i);
            Rest.Said first = answers.get(i).join();
            Rest.Said said = first == null ? ask(gateway -> outcome(gateway, each)) : first;
            fleet.history()
                    .write(new Operation.Outcome(
                            each.client().now(),
                            each.room(),
                            each.key(),
                            said.status(),
                            said.id(),
                            said.seq(),
                            said.reason()));
        }
    }

    private CompletableFuture<Rest.Said> outcome(URI gateway, Open each) {
        return fleet.rest().outcome(gateway, each.client().person().token(), each.room(), each.key());
    }

    private void readHistory(int room) throws InterruptedException {
        String id = fleet.rooms().get(room);
        String token = memberOf(room).token();
        long head = ask(gateway -> fleet.rest().head(gateway, token, id));
        long after = 0;
        boolean more = true;
        while (more) {
            long from = after;
            Rest.Page page = ask(gateway -> fleet.rest().events(gateway, token, id, from));
            for (Shown event : page.events()) {
                fleet.history().write(new Operation.Stored(nobody(), event));
                after = event.seq();
            }
            more = page.hasMore() && !page.events().isEmpty();
        }
        fleet.history().write(new Operation.HistoryRead(nobody(), id, head, fleet.epoch()));
    }

    private Fleet.Person memberOf(int room) {
        for (ChatClient client : fleet.clients()) {
            if (client.person().rooms().contains(room)) {
                return client.person();
            }
        }
        throw new IllegalStateException("nobody is in room " + room);
    }

    /** Asks one gateway after the other until one answers. */
    private <T> T ask(Function<URI, CompletableFuture<T>> question) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return question.apply(fleet.gateway(attempt)).join();
            } catch (CompletionException unanswered) {
                if (attempt == TRIES) {
                    throw new IllegalStateException("no gateway answers: " + unanswered.getCause(), unanswered);
                }
                pause(250);
            }
        }
    }

    /** Waits until this many are left: none. Returns whether that came in time. */
    private boolean await(LongSupplier left) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (left.getAsLong() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(50);
        }
        return true;
    }

    private static void pause(long millis) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        assert !never;
    }

    private Operation.At nobody() {
        return fleet.history().now(Operation.At.NOBODY, 0);
    }
}
