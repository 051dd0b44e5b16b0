package dev.confab.bench.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A history that can be damaged in single places. */
final class Damage {

    final List<Operation> operations;
    private final Random random;

    Damage(long seed) {
        operations = new ArrayList<>(FaithfulRun.of(seed));
        random = new Random(~seed);
    }

    /** One of the places where this holds. */
    OptionalInt anywhere(IntPredicate which) {
        int[] found = IntStream.range(0, operations.size()).filter(which).toArray();
        return found.length == 0 ? OptionalInt.empty() : OptionalInt.of(found[random.nextInt(found.length)]);
    }

    <T extends Operation> boolean is(int index, Class<T> type) {
        return type.isInstance(operations.get(index));
    }

    Operation at(int index) {
        return operations.get(index);
    }

    /** Where events are pushed to who is in their room live. */
    Set<Integer> live() {
        Set<Integer> found = new HashSet<>();
        Map<Integer, Set<String>> rooms = new HashMap<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation each = operations.get(i);
            Set<String> in = rooms.computeIfAbsent(each.at().client(), client -> new HashSet<>());
            switch (each) {
                case Operation.Connected connected -> in.clear();
                case Operation.Closed closed -> in.clear();
                case Operation.Joined joined -> in.add(joined.room());
                case Operation.Received received
                when in.contains(received.shown().room()) -> found.add(i);
                default -> {}
            }
        }
        return found;
    }

    /** Puts other events in the place of those this is true for, wherever they are shown. */
    void replaceShown(String room, long seq, UnaryOperator<Shown> change) {
        operations.replaceAll(each -> switch (each) {
            case Operation.Received it
            when isAt(it.shown(), room, seq) -> new Operation.Received(it.at(), change.apply(it.shown()));
            case Operation.Fetched it
            when isAt(it.shown(), room, seq) -> new Operation.Fetched(it.at(), change.apply(it.shown()));
            case Operation.Stored it
            when isAt(it.shown(), room, seq) -> new Operation.Stored(it.at(), change.apply(it.shown()));
            default -> each;
        });
    }

    private static boolean isAt(Shown shown, String room, long seq) {
        return shown.room().equals(room) && shown.seq() == seq;
    }

    /** A message of somebody that was sent once, never changed, and accepted. */
    boolean isPlain(Shown shown) {
        if (shown.what() != Shown.What.NEW || shown.key() == null) {
            return false;
        }
        int attempts = 0;
        boolean accepted = false;
        for (Operation each : operations) {
            switch (each) {
                case Operation.Sent sent when sent.key().equals(shown.key()) -> attempts++;
                case Operation.Accepted answer when answer.key().equals(shown.key()) -> accepted = true;
                case Operation.Changing changing
                when changing.message().equals(shown.id()) -> {
                    return false;
                }
                default -> {}
            }
        }
        return attempts == 1 && accepted;
    }

    Verdict check() {
        return check(operations);
    }

    static Verdict check(List<Operation> operations) {
        try {
            return HistoryChecker.check(reader -> {
                long line = 2;
                for (Operation each : operations) {
                    reader.take(line++, each);
                }
            });
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
