package dev.confab.chat.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.RoomStore.Acted;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random histories of rooms against a model so simple that it must be right. */
final class RoomHistoryPropertyTest {

    private static final int PEOPLE = 5;
    private static final int CAPACITY = 4;

    /** Who did what, to whom. */
    record Deed(int by, String what, int to) {}

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, PEOPLE - 1),
                        Arbitraries.of("join", "leave", "invite", "admin", "member", "remove", "ban", "lift", "close"),
                        Arbitraries.integers().between(0, PEOPLE - 1))
                .as(Deed::new)
                // Most histories shall be long enough for ranks to matter before the room is closed.
                .filter(deed -> !deed.what().equals("close") || deed.to() == 0)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 500)
    void aRoomIsWhatItsHistoryMadeOfIt(@ForAll("deeds") List<Deed> deeds, @ForAll Visibility visibility) {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        InMemoryStores stores = new InMemoryStores(clock, RandomGenerator.getDefault());
        List<UserId> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            // In the order of their ids, which decides when two joined at the same time.
            UserId id = new UserId(new UUID(0, i + 1));
            stores.users()
                    .add(new User(id, "u" + i + "@example.org", "u" + i, Instant.EPOCH), new PasswordHash("none"));
            people.add(id);
        }
        RoomId roomId = RoomId.random();
        stores.rooms()
                .create(new RoomStore.NewRoom(
                        roomId, "room", visibility, CAPACITY, Map.of(), people.getFirst(), List.of(), Instant.EPOCH));
        Model model = new Model(visibility);

        for (int i = 0; i < deeds.size(); i++) {
            Deed deed = deeds.get(i);
            Acted acted = stores.rooms()
                    .act(roomId, people.get(deed.by()), act(deed, people), Instant.EPOCH.plusSeconds(i + 1L));
            boolean changed =
                    acted instanceof Acted.Done done && !done.changes().isEmpty();
            assertThat(changed).as("%s: %s", i, deed).isEqualTo(model.does(deed));
            Room room = stores.rooms().find(roomId).orElseThrow();
            Map<UserId, Role> members = new LinkedHashMap<>();
            for (Membership member : stores.rooms().members(roomId, null, 100).items()) {
                members.put(member.userId(), member.role());
            }
            Map<UserId, Role> expected = new LinkedHashMap<>();
            model.members.forEach((person, role) -> expected.put(people.get(person), role));
            assertThat(members).as("%s: %s", i, deed).isEqualTo(expected);
            assertThat(room.memberCount()).isEqualTo(members.size());
            assertThat(room.status() == RoomStatus.CLOSED).isEqualTo(model.closed);
        }
        List<Long> versions = stores.outbox().pending(10_000).stream()
                .map(Outbox.Entry::change)
                .map(RoomChange::memberVersion)
                .toList();
        assertThat(versions).isSorted();
        assertThat(versions.getLast())
                .isEqualTo(stores.rooms().find(roomId).orElseThrow().memberVersion());
    }

    private static RoomAct act(Deed deed, List<UserId> people) {
        UserId to = people.get(deed.to());
        return switch (deed.what()) {
            case "join" -> new RoomAct.Join();
            case "leave" -> new RoomAct.Leave();
            case "invite" -> new RoomAct.Invite(to);
            case "admin" -> new RoomAct.ChangeRole(to, Role.ADMIN);
            case "member" -> new RoomAct.ChangeRole(to, Role.MEMBER);
            case "remove" -> new RoomAct.Remove(to);
            case "ban" -> new RoomAct.Ban(to, null, null);
            case "lift" -> new RoomAct.LiftBan(to);
            default -> new RoomAct.Close();
        };
    }

    /** A room as anybody would write it down: members in the order in which they came, and the rules one by one. */
    private static final class Model {
        private static final List<Role> RANKS = List.of(Role.MEMBER, Role.ADMIN, Role.OWNER);

        private final boolean isPublic;
        private final Map<Integer, Role> members = new LinkedHashMap<>(Map.of(0, Role.OWNER));
        private final Set<Integer> banned = new HashSet<>();
        private boolean closed;

        Model(Visibility visibility) {
            this.isPublic = visibility == Visibility.PUBLIC;
        }

        private int rank(int person) {
            Role role = members.get(person);
            return role == null ? -1 : RANKS.indexOf(role);
        }

        private boolean mayEnter(int person) {
            return !members.containsKey(person) && !banned.contains(person) && !closed && members.size() < CAPACITY;
        }

        /** Whether something happens. */
        boolean does(Deed deed) {
            int by = deed.by();
            int to = deed.to();
            int rank = rank(by);
            boolean moderates = rank >= RANKS.indexOf(Role.ADMIN) && rank > rank(to);
            return switch (deed.what()) {
                case "join" -> isPublic && enters(by);
                case "leave" -> leaves(by);
                case "invite" -> rank >= (isPublic ? 0 : RANKS.indexOf(Role.ADMIN)) && enters(to);
                case "admin" -> becomes(by, to, Role.ADMIN);
                case "member" -> becomes(by, to, Role.MEMBER);
                case "remove" -> moderates && members.remove(to) != null;
                case "ban" -> moderates && bans(to);
                case "lift" -> {
                    if (rank >= RANKS.indexOf(Role.ADMIN)) {
                        banned.remove(to);
                    }
                    yield false;
                }
                default -> closes(by);
            };
        }

        private boolean enters(int person) {
            if (!mayEnter(person)) {
                return false;
            }
            members.put(person, Role.MEMBER);
            return true;
        }

        private boolean leaves(int person) {
            Role role = members.remove(person);
            if (members.isEmpty()) {
                closed = true;
            } else if (role == Role.OWNER) {
                int heir = members.keySet().stream()
                        .filter(one -> members.get(one) == Role.ADMIN)
                        .findFirst()
                        .orElseGet(() -> members.keySet().iterator().next());
                members.put(heir, Role.OWNER);
            }
            return role != null;
        }

        private boolean becomes(int by, int to, Role role) {
            boolean happens = members.get(by) == Role.OWNER
                    && by != to
                    && members.containsKey(to)
                    && members.get(to) != role
                    && !closed;
            if (happens) {
                members.put(to, role);
            }
            return happens;
        }

        private boolean bans(int person) {
            boolean isNew = banned.add(person);
            return members.remove(person) != null || isNew;
        }

        private boolean closes(int by) {
            boolean happens = members.get(by) == Role.OWNER && !closed;
            closed |= happens;
            return happens;
        }
    }
}
