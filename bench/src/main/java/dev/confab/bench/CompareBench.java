package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * P1, P2 and P10 of two builds in one run: both run at the same time on the same PostgreSQL, Redis and Kafka, and take
 * turns of a few seconds, so that whatever disturbs the machine meets both. Figures of separate runs on a shared machine
 * differ by a quarter for one and the same build.
 */
final class CompareBench {

    private static final int TURN_SECONDS = 5;
    private static final int CLIENTS = 64;
    private static final int ACK_OUTSTANDING = 16;
    private static final int WHOLE_OUTSTANDING = 64;
    private static final List<Double> RATES = List.of(100.0, 20_000.0);
    private static final Comparison.Target NO_SLOWER = Comparison.Target.atLeast(0.9);
    private static final Comparison.Target NO_LATER = Comparison.Target.atMost(1.1);

    private final Installation servers;
    private final PrintWriter out;
    private final int turns;
    private final Installation.Build ours;
    private final Installation.Build other;

    CompareBench(Installation servers, PrintWriter out, int turns, Installation.Build ours, Installation.Build other) {
        this.servers = servers;
        this.out = out;
        this.turns = turns;
        this.ours = ours;
        this.other = other;
    }

    /** One turn of a side. */
    @FunctionalInterface
    private interface Turn<T> {
        T take(TurnSide side) throws InterruptedException;
    }

    /** What the turns of both sides came to, in their order. */
    private record Turns<T>(List<T> ours, List<T> other) {}

    List<Comparison> run() throws Exception {
        List<Comparison> results = new ArrayList<>();
        acknowledgements(results);
        wholePath(results);
        return results;
    }

    private void acknowledgements(List<Comparison> results) throws Exception {
        try (TurnSide one = side(ours, "ours-acks", "gateway", "messageAccepted");
                TurnSide two = side(other, "other-acks", "gateway", "messageAccepted")) {
            warm("P1", ACK_OUTSTANDING, one, two);
            results.add(throughput("P1 send → ACK", "acks/s", ACK_OUTSTANDING, one, two));
            for (double rate : RATES) {
                String work = String.format("P10 send → ACK at %s/s", Report.figure(rate));
                Turns<Histogram> times = takeTurns(
                        work, one, two, side -> side.openLoop(rate, TURN_SECONDS), each -> milliseconds(each, 50));
                for (double percentile : List.of(50.0, 99.0)) {
                    results.add(comparison(
                            work,
                            String.format("p%.0f, ms", percentile),
                            percentiles(times.ours(), percentile),
                            percentiles(times.other(), percentile),
                            percentile == 50 ? NO_LATER : null));
                }
            }
        }
    }

    private void wholePath(List<Comparison> results) throws Exception {
        try (TurnSide one = side(ours, "ours-whole", "gateway,worker", "newMessage");
                TurnSide two = side(other, "other-whole", "gateway,worker", "newMessage")) {
            warm("P2", WHOLE_OUTSTANDING, one, two);
            results.add(
                    throughput("P2 send → delivered, stored in between", "messages/s", WHOLE_OUTSTANDING, one, two));
        }
    }

    private TurnSide side(Installation.Build build, String name, String roles, String answer) throws Exception {
        String database = servers.newDatabase(name.replace('-', '_'));
        ServerProcess server = servers.serve(build, database, name + "-", roles);
        // Through the server itself: the tables of another build are its own affair.
        List<List<Integer>> oneEach =
                IntStream.range(0, CLIENTS).mapToObj(List::of).toList();
        try (Guests guests = Guests.arrive(server.webSocket(), oneEach, oneEach)) {
            List<UserId> users = guests.people().stream()
                    .map(person -> new UserId(UUID.fromString(person.user())))
                    .toList();
            List<RoomId> rooms = guests.rooms().stream()
                    .map(room -> new RoomId(UUID.fromString(room)))
                    .toList();
            return new TurnSide(server, servers.tokens(users), rooms, answer);
        } catch (RuntimeException | IOException notConnected) {
            server.close();
            throw notConnected;
        }
    }

    private void warm(String what, int outstanding, TurnSide... sides) throws InterruptedException {
        for (TurnSide side : sides) {
            int took = WarmUp.await(() -> side.closedLoop(outstanding, WarmUp.WINDOW_SECONDS));
            out.printf("  %s: one side is warm after %d s%n", what, took);
            out.flush();
        }
    }

    private Comparison throughput(String work, String measure, int outstanding, TurnSide one, TurnSide two)
            throws InterruptedException {
        Turns<Double> rates =
                takeTurns(work, one, two, side -> side.closedLoop(outstanding, TURN_SECONDS), Double::doubleValue);
        return comparison(work, measure, rates.ours(), rates.other(), NO_SLOWER);
    }

    /** In the order A B B A, so that neither side always comes after the other. */
    private <T> Turns<T> takeTurns(String work, TurnSide one, TurnSide two, Turn<T> turn, ToDoubleFunction<T> figure)
            throws InterruptedException {
        Turns<T> taken = new Turns<>(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < turns; i++) {
            boolean first = i % 2 == 0;
            (first ? taken.ours() : taken.other()).add(turn.take(first ? one : two));
            (first ? taken.other() : taken.ours()).add(turn.take(first ? two : one));
            out.printf(
                    "  %s: turn %d of %d, ours %s, the other %s%n",
                    work,
                    i + 1,
                    turns,
                    Report.figure(figure.applyAsDouble(taken.ours().getLast())),
                    Report.figure(figure.applyAsDouble(taken.other().getLast())));
            out.flush();
        }
        return taken;
    }

    private static List<Double> percentiles(List<Histogram> times, double percentile) {
        return times.stream().map(each -> milliseconds(each, percentile)).toList();
    }

    private static double milliseconds(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }

    private static Comparison comparison(
            String work, String measure, List<Double> ours, List<Double> other, Comparison.@Nullable Target target) {
        return new Comparison(
                work,
                measure,
                median(ours),
                median(other),
                "the other build",
                target,
                String.format(
                        Locale.ROOT,
                        "medians of %d turns of %d s each; quartiles %s and %s",
                        ours.size(),
                        TURN_SECONDS,
                        quartiles(ours),
                        quartiles(other)));
    }

    private static double median(List<Double> values) {
        return quantile(values, 0.5);
    }

    private static String quartiles(List<Double> values) {
        return Report.figure(quantile(values, 0.25)) + " to " + Report.figure(quantile(values, 0.75));
    }

    /** Between the two nearest values, in proportion. */
    static double quantile(List<Double> values, double share) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
