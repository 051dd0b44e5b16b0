package dev.confab.testkit.simulation;

import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.inmemory.InMemoryRevocations;
import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.PasswordHasher;
import dev.confab.chat.port.out.RoomStore.NewRoom;
import dev.confab.testkit.MutableClock;
import dev.confab.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Everything there is in one run: four people with five devices, three rooms, two gateways, two workers. */
final class World {

    private static final int PEOPLE = 4;

    private final Tampering tampering;
    private final Story story;
    private final Choices choices = new Choices();
    private final Fiber.Turns turns = new Fiber.Turns();
    private final VirtualTime time = new VirtualTime();
    private final RandomGenerator chance = new SplittableRandom(1);
    private final InMemoryStores stores;
    private final InMemoryPresence.Hub presence;
    private final InMemoryRevocations.Hub revocations;
    private final Judge judge;
    private final Broker broker;
    private final List<RoomId> rooms = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final List<Gateway> gateways;
    private final List<Worker> workers;
    private final List<Device> devices = new ArrayList<>();
    private final StoreClock storeClock = new StoreClock();
    private boolean storeAway;
    private long numbers;
    private @Nullable Backup backup;

    /** A copy of the stores, and where the command log ended then. */
    private record Backup(InMemoryStores.Backup stores, Stored.Copy copy, List<Long> ends) {}

    /** Shows the time of whoever stores: every worker has a clock of its own. */
    private static final class StoreClock {
        long skewMillis;
    }

    World(Tampering tampering, boolean told) {
        this.tampering = tampering;
        this.story = new Story(told);
        this.stores = new InMemoryStores(time.clock(() -> storeClock.skewMillis), chance);
        this.presence = new InMemoryPresence.Hub(time.clock(() -> 0));
        this.revocations = new InMemoryRevocations.Hub(time.clock(() -> 0));
        this.judge = new Judge(this);
        this.broker = new Broker(this);
        this.gateways = List.of(new Gateway(this, "g1"), new Gateway(this, "g2"));
        this.workers = List.of(new Worker(this, "w1"), new Worker(this, "w2"));
        settle();
    }

    private void settle() {
        for (int number = 1; number <= PEOPLE; number++) {
            UserId id = new UserId(new UUID(0x4000, number));
            Person person = new Person(id);
            people.add(person);
            boolean unused = stores.users()
                    .add(
                            new User(id, person.name() + "@example.com", person.name(), MutableClock.START),
                            Samples.NO_PASSWORD);
        }
        open(1, people.get(0), people.get(1), people.get(2));
        open(2, people.get(1), people.get(0), people.get(3));
        open(3, people.get(0), people.get(1), people.get(2), people.get(3));
        devices.add(new Device(this, "u1a", people.get(0), 0));
        devices.add(new Device(this, "u1b", people.get(0), 1));
        devices.add(new Device(this, "u2a", people.get(1), 0));
        devices.add(new Device(this, "u3a", people.get(2), 1));
        devices.add(new Device(this, "u4a", people.get(3), 0));
        choices.repeat(List.of());
        gateways.forEach(Gateway::start);
        workers.forEach(Worker::start);
        broker.share(workers, choices);
    }

    private void open(int number, Person owner, Person... others) {
        RoomId id = new RoomId(new UUID(0x5000, number));
        rooms.add(id);
        List<UserId> members = List.of(others).stream().map(Person::id).toList();
        var unused = stores.rooms()
                .create(new NewRoom(
                        id,
                        "room " + number,
                        Visibility.PUBLIC,
                        null,
                        Map.of(),
                        owner.id(),
                        members,
                        MutableClock.START));
        judge.stored().lookAtPlaces(id);
    }

    Tampering tampering() {
        return tampering;
    }

    Story story() {
        return story;
    }

    Choices choices() {
        return choices;
    }

    Fiber.Turns turns() {
        return turns;
    }

    VirtualTime time() {
        return time;
    }

    /** Chance that decides nothing but what ids look like. */
    RandomGenerator chance() {
        return chance;
    }

    InMemoryStores stores() {
        return stores;
    }

    InMemoryPresence.Hub presence() {
        return presence;
    }

    InMemoryRevocations.Hub revocations() {
        return revocations;
    }

    Judge judge() {
        return judge;
    }

    Broker broker() {
        return broker;
    }

    List<RoomId> rooms() {
        return rooms;
    }

    List<UserId> users() {
        return people.stream().map(Person::id).toList();
    }

    List<Person> people() {
        return people;
    }

    List<Gateway> gateways() {
        return gateways;
    }

    List<Worker> workers() {
        return workers;
    }

    List<Device> devices() {
        return devices;
    }

    long nextNumber() {
        return ++numbers;
    }

    boolean isStoreAway() {
        return storeAway;
    }

    void storeAway(boolean now) {
        storeAway = now;
    }

    /** The clock of whoever stores next. */
    void storesBy(long skewMillis) {
        storeClock.skewMillis = skewMillis;
    }

    /** Nobody logs in here: who somebody is, is said. */
    PasswordHasher passwords() {
        return new PasswordHasher() {
            @Override
            public PasswordHash hash(String password) {
                return Samples.NO_PASSWORD;
            }

            @Override
            public boolean matches(String password, PasswordHash hash) {
                return false;
            }
        };
    }

    void backUp() {
        backup = new Backup(stores.backup(), judge.stored().copy(), broker.ends());
    }

    /** Only a store that is behind the log can be told from the one before. The same copy may be put back again. */
    boolean canRestore() {
        Backup made = backup;
        return made != null && !judge.isTorn() && broker.isCommittedBeyond(made.ends());
    }

    /**
     * Puts back the copy; some workers do not survive it, and the others go on with what they were doing just then. One
     * that stands still does not: what it holds may be just what is undone, and when it stores that, nobody can know.
     */
    void restore() {
        Backup made = backup;
        if (made != null) {
            workers.stream()
                    .filter(worker -> !worker.isIdle() && (worker.isFrozen() || choices.rarely(2)))
                    .forEach(Worker::die);
            broker.share(workers, choices);
            stores.restore(made.stores());
            judge.restored(made.copy());
            workers.forEach(Worker::ask);
        }
    }
}
