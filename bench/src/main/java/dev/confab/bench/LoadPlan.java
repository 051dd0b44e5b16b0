package dev.confab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Who is where, and what is sent. People are spread over the rooms in turns.
 *
 * @param members of each room
 * @param senders how many of each room's members send
 * @param rate messages a second, all rooms together; to begin with, when the maximum is looked for
 * @param messages how many; 0 to send for {@code seconds}
 * @param warmUp seconds at the same rate before latencies count
 * @param size of a message's content, characters
 */
record LoadPlan(
        int users,
        int rooms,
        int members,
        int senders,
        int gateways,
        int workers,
        double rate,
        long messages,
        int seconds,
        int warmUp,
        int size,
        long seed) {

    private static final int LONGEST_CONTENT = 4_000;
    /** A number is appended to each content. */
    private static final int NUMBER = 12;

    /** What cannot be, or an empty text. */
    String problem() {
        if (users < 1 || users > 50_000) {
            return "--users is 1 to 50000";
        }
        if (rooms < 1 || rooms > 10_000) {
            return "--rooms is 1 to 10000";
        }
        if (members < 1 || members > users) {
            return "--members is 1 to the number of users, " + users;
        }
        if (senders < 1 || senders > members) {
            return "--senders is 1 to the number of members of a room, " + members;
        }
        if (gateways < 1 || gateways > 8 || workers < 1 || workers > 8) {
            return "--gateways and --workers are 1 to 8";
        }
        if (!(rate >= 0.1 && rate <= 200_000)) {
            return "--rate is 0.1 to 200000";
        }
        if (seconds < 1 || seconds > 3_600 || warmUp < 0 || warmUp > 600) {
            return "--seconds is 1 to 3600, --warm-up 0 to 600";
        }
        if (messages < 0 || messages / rate > 3_600) {
            return "--messages must be sent within an hour";
        }
        if (size < NUMBER || size > LONGEST_CONTENT) {
            return "--size is " + NUMBER + " to " + LONGEST_CONTENT;
        }
        return "";
    }

    /** Messages after the warm-up. */
    long total() {
        return messages > 0 ? messages : Math.round(rate * seconds);
    }

    /** For each room its members, as places among the people. */
    List<List<Integer>> membersOfRooms() {
        List<List<Integer>> all = new ArrayList<>();
        for (int room = 0; room < rooms; room++) {
            int first = room * members;
            all.add(IntStream.range(first, first + members)
                    .map(place -> place % users)
                    .boxed()
                    .toList());
        }
        return all;
    }

    /** For each person the rooms, as places among the rooms. */
    List<List<Integer>> roomsOfPeople() {
        List<List<Integer>> all = IntStream.range(0, users)
                .<List<Integer>>mapToObj(i -> new ArrayList<>())
                .toList();
        List<List<Integer>> members = membersOfRooms();
        for (int room = 0; room < rooms; room++) {
            for (int person : members.get(room)) {
                all.get(person).add(room);
            }
        }
        return all;
    }

    /** For each room those who send. Spread over its members, so that all gateways have some. */
    int[][] sendersOfRooms() {
        return membersOfRooms().stream()
                .map(those -> those.subList(0, senders).stream()
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }

    /** What each content begins with. */
    String content() {
        return "A message of a usual length, as people write them. ".repeat(80).substring(0, size - NUMBER);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d users, %,d rooms of %,d members, %,d of them send; %d gateways, %d workers; %s at %s/s, contents of"
                        + " %d characters, seed %d",
                users,
                rooms,
                members,
                senders,
                gateways,
                workers,
                messages > 0 ? String.format(Locale.ROOT, "%,d messages", messages) : seconds + " s",
                Report.figure(rate),
                size,
                seed);
    }
}
