package dev.confab.bench.history;

import dev.confab.bench.history.Shown.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the history of a run in which everything was kept, out of a seed: people send, again where they got no answer, edit
 * and delete, are cut off and come back, are too slow, miss too much; some sends fail, are rejected or parked. It knows
 * nothing of the checker.
 */
final class FaithfulRun {

    static final String EPOCH = "life-1";

    private static final int CLIENTS = 4;
    private static final int STEPS = 400;

    private final Random random;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Room> rooms = List.of(new Room("room-a"), new Room("room-b"));
    private final List<Person> people = new ArrayList<>();
    private long nanos;
    private int keys;
    private int ids;

    private FaithfulRun(long seed) {
        random = new Random(seed);
        for (int i = 0; i < CLIENTS; i++) {
            people.add(new Person(i));
        }
    }

    static List<Operation> of(long seed) {
        FaithfulRun run = new FaithfulRun(seed);
        run.people.forEach(run::connect);
        for (int i = 0; i < STEPS; i++) {
            run.step();
        }
        run.end();
        return run.operations;
    }

    private static final class Room {
        final String id;
        final List<Shown> events = new ArrayList<>();
        final List<Wish> accepted = new ArrayList<>();
        final Set<String> stored = new HashSet<>();

        Room(String id) {
            this.id = id;
        }
    }

    /** Something to be done to a room, as a record in the log would say. */
    private record Wish(
            Person by,
            String key,
            @Nullable String message,
            @Nullable String content) {}

    private static final class Person {
        final int number;
        final Map<String, Long> cursors = new HashMap<>();
        final Set<String> live = new HashSet<>();
        final List<Shown> onTheWay = new ArrayList<>();
        final Map<Wish, Room> open = new LinkedHashMap<>();
        final Map<String, Operation.Outcome> toAsk = new LinkedHashMap<>();
        int connection;
        boolean connected;

        Person(int number) {
            this.number = number;
        }

        String user() {
            return "user-" + number;
        }
    }

    private void step() {
        Person person = people.get(random.nextInt(CLIENTS));
        Room room = rooms.get(random.nextInt(rooms.size()));
        int dice = random.nextInt(100);
        if (!person.connected) {
            if (dice < 20) {
                connect(person);
            }
        } else if (dice < 30) {
            send(person, room, new Wish(person, "key-" + keys++, null, content()));
        } else if (dice < 36 && !room.events.isEmpty()) {
            change(person, room);
        } else if (dice < 40) {
            disconnect(person);
        } else if (dice < 46) {
            tooSlow(person, room);
        } else if (dice < 48) {
            add(room, new Shown(What.NEW, room.id, head(room) + 1, id(), null, null, "SYSTEM", content()), null);
        }
        store(room);
        deliverSome();
    }

    private void send(Person person, Room room, Wish wish) {
        write(new Operation.Sent(at(person), room.id, wish.key, content(wish)));
        // The outcome of what may have been stored already is that of the first time.
        boolean isFirst = !room.accepted.contains(wish) && !room.stored.contains(person.user() + wish.key);
        int fate = random.nextInt(12);
        switch (fate == 3 && !isFirst ? 4 : fate) {
            case 0 -> write(new Operation.Failed(at(person), wish.key, "rate-limited"));
            case 1 -> { // stored or not, nobody was told
                if (random.nextBoolean()) {
                    room.accepted.add(wish);
                }
                disconnect(person);
                person.open.put(wish, room);
            }
            case 2 -> {
                if (random.nextBoolean()) {
                    room.accepted.add(wish);
                }
                write(new Operation.Failed(at(person), wish.key, Operation.Failed.OUTCOME_UNKNOWN));
                person.open.put(wish, room);
            }
            case 3 -> {
                write(new Operation.Accepted(at(person), wish.key));
                String code = random.nextBoolean() ? Operation.Rejected.PARKED : "room-closed";
                if (random.nextBoolean()) {
                    write(new Operation.Rejected(at(person), room.id, wish.key, code));
                } else {
                    Operation.Status status = code.equals(Operation.Rejected.PARKED)
                            ? Operation.Status.PARKED
                            : Operation.Status.REJECTED;
                    person.toAsk.put(
                            wish.key, new Operation.Outcome(at(person), room.id, wish.key, status, null, 0, code));
                }
            }
            default -> {
                write(new Operation.Accepted(at(person), wish.key));
                room.accepted.add(wish);
                person.toAsk.put(wish.key, outcome(person, room, wish.key));
            }
        }
    }

    private void change(Person person, Room room) {
        Shown target = room.events.get(random.nextInt(room.events.size()));
        if (!person.user().equals(target.sender()) || isDeleted(room, target.id())) {
            return;
        }
        Wish wish = new Wish(person, "change-" + keys++, target.id(), random.nextInt(3) == 0 ? null : content());
        write(new Operation.Changing(at(person), room.id, wish.key, target.id(), wish.content));
        write(new Operation.Accepted(at(person), wish.key));
        room.accepted.add(wish);
    }

    private void store(Room room) {
        int count = random.nextInt(room.accepted.size() + 1);
        for (int i = 0; i < count; i++) {
            storeOne(room, room.accepted.removeFirst());
        }
    }

    private void storeOne(Room room, Wish wish) {
        if (!room.stored.add(wish.by.user() + wish.key) || (wish.message != null && isDeleted(room, wish.message))) {
            return;
        }
        long seq = head(room) + 1;
        if (wish.message == null) {
            add(room, new Shown(What.NEW, room.id, seq, id(), wish.key, wish.by.user(), "TEXT", wish.content), wish.by);
            return;
        }
        Shown born = room.events.stream()
                .filter(each -> each.id().equals(wish.message))
                .findFirst()
                .orElseThrow();
        What what = wish.content == null ? What.DELETED : What.EDITED;
        add(room, new Shown(what, room.id, seq, born.id(), born.key(), born.sender(), "TEXT", wish.content), wish.by);
    }

    private void add(Room room, Shown shown, @Nullable Person by) {
        room.events.add(shown);
        for (Person each : people) {
            if (each.connected && (each.live.contains(room.id) || each == by)) {
                each.onTheWay.add(shown);
            }
        }
    }

    private void deliverSome() {
        Person person = people.get(random.nextInt(CLIENTS));
        deliver(person, random.nextInt(person.onTheWay.size() + 1));
    }

    private void deliver(Person person, int count) {
        for (int i = 0; i < count; i++) {
            receive(person, person.onTheWay.removeFirst());
        }
    }

    private void receive(Person person, Shown shown) {
        write(new Operation.Received(at(person), shown));
        if (person.live.contains(shown.room())) {
            person.cursors.put(shown.room(), shown.seq());
        }
    }

    private void tooSlow(Person person, Room room) {
        if (person.live.contains(room.id)
                && person.onTheWay.removeIf(each -> each.room().equals(room.id))) {
            write(new Operation.RoomHead(at(person), room.id, head(room)));
            fetch(person, room, cursor(person, room), head(room));
        }
    }

    private void fetch(Person person, Room room, long after, long to) {
        for (Shown each : room.events.subList((int) after, (int) to)) {
            write(new Operation.Fetched(at(person), asItIsNow(room, each)));
        }
        person.cursors.put(room.id, to);
    }

    private void disconnect(Person person) {
        if (person.connected) {
            write(new Operation.Closed(at(person), 1006));
            person.connected = false;
            person.live.clear();
            person.onTheWay.clear();
        }
        if (random.nextInt(3) == 0) {
            write(new Operation.Fault(new Operation.At(nanos++, nanos, Operation.At.NOBODY, 0), "kill -9 gateway 1"));
        }
    }

    private void connect(Person person) {
        person.connection++;
        person.connected = true;
        write(new Operation.Connected(at(person), person.user(), "gateway-" + random.nextInt(2), EPOCH));
        rooms.forEach(room -> join(person, room));
        Map<Wish, Room> open = new LinkedHashMap<>(person.open);
        person.open.clear();
        open.forEach((wish, room) -> {
            if (person.connected) {
                send(person, room, wish);
            } else {
                person.open.put(wish, room);
            }
        });
    }

    private void join(Person person, Room room) {
        boolean known = person.cursors.containsKey(room.id);
        long after = known ? cursor(person, room) : Operation.Joining.NONE;
        write(new Operation.Joining(at(person), room.id, after));
        if (random.nextInt(4) == 0) {
            storeOne(room, new Wish(person, early(person, room), null, Fingerprint.of("x")));
            deliver(person, person.onTheWay.size());
        }
        long head = head(room);
        Operation.Begin begin = known ? Operation.Begin.RECOVERED : Operation.Begin.LIVE;
        if (known && head - after > 4) {
            begin = random.nextBoolean() ? Operation.Begin.GAP : Operation.Begin.RECOVERED;
        } else if (known && random.nextInt(20) == 0) {
            begin = Operation.Begin.RESET;
        }
        if (begin == Operation.Begin.RECOVERED) {
            List<Shown> missed = room.events.subList((int) after, (int) head);
            missed.forEach(each -> write(new Operation.Received(at(person), asItIsNow(room, each))));
        }
        boolean gap = begin == Operation.Begin.GAP;
        write(new Operation.Joined(at(person), room.id, head, begin, gap ? after + 1 : 0));
        person.live.add(room.id);
        person.cursors.put(room.id, head);
        if (gap) {
            fetch(person, room, after, head);
        }
    }

    /** A message of one's own that comes before one is in the room again. */
    private String early(Person person, Room room) {
        String key = "key-" + keys++;
        write(new Operation.Sent(at(person), room.id, key, Fingerprint.of("x")));
        write(new Operation.Accepted(at(person), key));
        person.toAsk.put(key, outcome(person, room, key));
        return key;
    }

    private void end() {
        for (Person person : people) {
            while (!person.connected || !person.open.isEmpty()) {
                disconnect(person);
                connect(person);
            }
        }
        for (Room room : rooms) {
            while (!room.accepted.isEmpty()) {
                storeOne(room, room.accepted.removeFirst());
            }
        }
        for (Person person : people) {
            deliver(person, person.onTheWay.size());
            rooms.forEach(room -> write(new Operation.Until(at(person), room.id, head(room))));
            person.toAsk.values().forEach(each -> write(placed(each)));
        }
        Operation.At nobody = new Operation.At(nanos++, nanos, Operation.At.NOBODY, 0);
        for (Room room : rooms) {
            room.events.forEach(each -> write(new Operation.Stored(nobody, asItIsNow(room, each))));
            write(new Operation.HistoryRead(nobody, room.id, head(room), EPOCH));
        }
        people.forEach(person -> write(new Operation.Closed(at(person), 1000)));
    }

    private static Operation.Outcome outcome(Person person, Room room, String key) {
        Operation.At at = new Operation.At(0, 0, person.number, person.connection);
        return new Operation.Outcome(at, room.id, key, Operation.Status.PERSISTED, null, 0, null);
    }

    private Operation.Outcome placed(Operation.Outcome outcome) {
        if (outcome.status() != Operation.Status.PERSISTED) {
            return outcome;
        }
        Person person = people.get(outcome.at().client());
        Shown stored = rooms.stream()
                .flatMap(room -> room.events.stream())
                .filter(each ->
                        outcome.key().equals(each.key()) && person.user().equals(each.sender()))
                .findFirst()
                .orElseThrow();
        return new Operation.Outcome(
                at(person), outcome.room(), outcome.key(), outcome.status(), stored.id(), stored.seq(), null);
    }

    private boolean isDeleted(Room room, String id) {
        return room.events.stream()
                .anyMatch(each -> each.what() == What.DELETED && each.id().equals(id));
    }

    /** What is read later shows the message as it is by then. */
    private Shown asItIsNow(Room room, Shown event) {
        Shown now = event;
        for (Shown each : room.events) {
            if (each.id().equals(event.id()) && each.what() != What.NEW) {
                now = each;
            }
        }
        return new Shown(
                event.what(),
                event.room(),
                event.seq(),
                event.id(),
                event.key(),
                event.sender(),
                event.type(),
                now.content());
    }

    private static long cursor(Person person, Room room) {
        return person.cursors.getOrDefault(room.id, 0L);
    }

    private static long head(Room room) {
        return room.events.size();
    }

    private String id() {
        return String.format("id-%06d", ids++);
    }

    private String content() {
        return Fingerprint.of("content " + random.nextInt());
    }

    private static String content(Wish wish) {
        return wish.content == null ? "" : wish.content;
    }

    private Operation.At at(Person person) {
        nanos += 1_000;
        return new Operation.At(nanos, nanos / 1_000, person.number, person.connection);
    }

    private void write(Operation operation) {
        operations.add(operation);
    }
}
