package dev.confab.chat.inmemory;

import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.DirectPair;
import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomCursor;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.SearchKey;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.permission.People;
import dev.confab.chat.permission.RoomDecision;
import dev.confab.chat.permission.Verdict;
import dev.confab.chat.port.out.RoomStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rooms in memory. Calls never throw. */
final class InMemoryRoomStore implements RoomStore {

    private static final Comparator<RoomListCursor> LATEST_FIRST =
            Comparator.comparing(RoomListCursor::lastActivity).reversed().thenComparing(RoomListCursor::id);
    private static final Comparator<MemberCursor> BY_SENIORITY =
            Comparator.comparing(MemberCursor::joinedAt).thenComparing(MemberCursor::id);

    private static final Comparator<RoomCursor> NEWEST_FIRST =
            Comparator.comparing(RoomCursor::createdAt).reversed().thenComparing(RoomCursor::id);
    private static final Comparator<BanCursor> BY_TIME =
            Comparator.comparing(BanCursor::createdAt).thenComparing(BanCursor::id);

    private final InMemoryDatabase database;

    InMemoryRoomStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Creation create(NewRoom newRoom) {
        return database.transaction(tables -> {
            Set<UserId> everybody = new LinkedHashSet<>();
            everybody.add(newRoom.createdBy());
            everybody.addAll(newRoom.memberIds());
            List<UserId> unknown = everybody.stream()
                    .filter(id -> !tables.users.containsKey(id))
                    .toList();
            if (!unknown.isEmpty()) {
                return new Creation.UnknownUsers(unknown);
            }
            if (newRoom.type() == RoomType.DIRECT) {
                RoomId existing = tables.directRooms.putIfAbsent(Set.copyOf(everybody), newRoom.id());
                if (existing != null) {
                    return letBackIn(tables, room(tables, existing), newRoom.createdBy(), newRoom.createdAt());
                }
            }
            return new Creation.Created(open(tables, newRoom, everybody));
        });
    }

    private static Room open(InMemoryTables tables, NewRoom newRoom, Set<UserId> everybody) {
        boolean direct = newRoom.type() == RoomType.DIRECT;
        DirectPair pair = null;
        if (direct) {
            List<UserId> two = List.copyOf(everybody);
            pair = new DirectPair(tables.peer(two.getFirst()), tables.peer(two.getLast()));
        }
        InMemoryRoom room = new InMemoryRoom(newRoom, everybody.size(), pair);
        List<RoomChange> changes = new ArrayList<>(everybody.size());
        for (UserId id : everybody) {
            Role role = id.equals(newRoom.createdBy()) && !direct ? Role.OWNER : Role.MEMBER;
            changes.add(new RoomChange.MemberJoined(
                    newRoom.id(), id, role, newRoom.createdBy(), room.memberVersion(), newRoom.createdAt()));
        }
        tables.rooms.put(newRoom.id(), room);
        settle(tables, room, tables.view(room), changes);
        return tables.view(room);
    }

    private static Creation letBackIn(InMemoryTables tables, InMemoryRoom room, UserId one, Instant now) {
        Verdict.Done verdict =
                RoomDecision.letBackIn(tables.view(room), one, now, new InMemoryPeople(tables, room, now));
        settle(tables, room, verdict.room(), verdict.changes());
        return new Creation.Existing(tables.view(room), !verdict.changes().isEmpty());
    }

    @Override
    public Optional<Room> find(RoomId id) {
        return database.transaction(
                tables -> Optional.ofNullable(tables.rooms.get(id)).map(tables::view));
    }

    @Override
    public Optional<RoomStanding> standing(RoomId id, Collection<UserId> users) {
        return database.transaction(tables -> Optional.ofNullable(tables.rooms.get(id))
                .map(room -> {
                    Set<UserId> members = new HashSet<>(users);
                    members.retainAll(room.members().keySet());
                    return new RoomStanding(
                            id,
                            room.status(),
                            room.visibility(),
                            room.memberVersion(),
                            room.members().size(),
                            room.lastSeq(),
                            room.purgedSeq(),
                            Set.copyOf(members));
                }));
    }

    @Override
    public Optional<Membership> membership(RoomId id, UserId userId) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(id);
            InMemoryMember member = room == null ? null : room.member(userId);
            return member == null ? Optional.empty() : Optional.of(view(tables, id, member));
        });
    }

    @Override
    public Acted act(RoomId id, UserId by, RoomAct act, Instant now) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(id);
            if (room == null) {
                return new Acted.Refused(Refusal.of(Refusal.Code.ROOM_NOT_FOUND));
            }
            People people = new InMemoryPeople(tables, room, now);
            return switch (RoomDecision.decide(tables.view(room), by, act, now, people)) {
                case Verdict.Refused(var refusal) -> new Acted.Refused(refusal);
                case Verdict.Done done -> {
                    settle(tables, room, done.room(), done.changes());
                    settleBan(room, by, act, now);
                    if (done.audit() != null) {
                        room.audit().add(done.audit());
                    }
                    UserId subject = Objects.requireNonNullElse(act.target(), by);
                    InMemoryMember member = room.member(subject);
                    yield new Acted.Done(
                            tables.view(room), member == null ? null : view(tables, id, member), done.changes());
                }
            };
        });
    }

    private static void settle(InMemoryTables tables, InMemoryRoom room, Room after, List<RoomChange> changes) {
        room.settle(after, changes);
        for (RoomChange change : changes) {
            tables.happened(change);
            if (change instanceof RoomChange.OfMember of) {
                if (room.member(of.userId()) == null) {
                    tables.removeMembership(of.userId(), room.id());
                } else {
                    tables.addMembership(of.userId(), room.id());
                }
            }
        }
    }

    private static void settleBan(InMemoryRoom room, UserId by, RoomAct act, Instant now) {
        if (act instanceof RoomAct.Ban ban) {
            room.bans().put(ban.userId(), new RoomBan(room.id(), ban.userId(), ban.reason(), ban.until(), by, now));
        } else if (act instanceof RoomAct.LiftBan lift) {
            room.bans().remove(lift.userId());
        }
    }

    @Override
    public Page<RoomSummary, RoomListCursor> roomsOf(UserId userId, @Nullable RoomListCursor after, int limit) {
        return database.transaction(tables -> {
            List<RoomListCursor> places = tables.roomsOf.getOrDefault(userId, Set.of()).stream()
                    .map(id -> new RoomListCursor(room(tables, id).lastActivity(), id))
                    .filter(place -> after == null || LATEST_FIRST.compare(place, after) > 0)
                    .sorted(LATEST_FIRST)
                    .limit(limit + 1L)
                    .toList();
            Page<RoomListCursor, RoomListCursor> page = Page.of(places, limit, place -> place);
            return new Page<>(
                    page.items().stream()
                            .map(place -> summary(tables, room(tables, place.id()), userId))
                            .toList(),
                    page.nextCursor());
        });
    }

    @Override
    public Page<Membership, MemberCursor> members(RoomId id, @Nullable MemberCursor after, int limit) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(id);
            if (room == null) {
                return new Page<>(List.of(), null);
            }
            List<Membership> members = room.members().values().stream()
                    .filter(member -> after == null || BY_SENIORITY.compare(place(member), after) > 0)
                    .sorted(InMemoryRoom.BY_SENIORITY)
                    .limit(limit + 1L)
                    .map(member -> view(tables, id, member))
                    .toList();
            return Page.of(members, limit, member -> new MemberCursor(member.joinedAt(), member.userId()));
        });
    }

    @Override
    public Page<Room, RoomCursor> publicRooms(String name, @Nullable RoomCursor after, int limit) {
        String part = SearchKey.of(name);
        return database.transaction(tables -> {
            List<Room> rooms = tables.rooms.values().stream()
                    .filter(room -> room.visibility() == Visibility.PUBLIC && room.status() == RoomStatus.OPEN)
                    .map(tables::view)
                    .filter(room ->
                            room.name() != null && SearchKey.of(room.name()).contains(part))
                    .filter(room -> after == null || NEWEST_FIRST.compare(place(room), after) > 0)
                    .sorted(Comparator.comparing(InMemoryRoomStore::place, NEWEST_FIRST))
                    .limit(limit + 1L)
                    .toList();
            return Page.of(rooms, limit, InMemoryRoomStore::place);
        });
    }

    @Override
    public Page<RoomBan, BanCursor> bans(RoomId id, Instant now, @Nullable BanCursor after, int limit) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(id);
            List<RoomBan> bans = room == null
                    ? List.of()
                    : room.bans().values().stream()
                            .filter(ban -> ban.holdsAt(now))
                            .filter(ban -> after == null || BY_TIME.compare(place(ban), after) > 0)
                            .sorted(Comparator.comparing(InMemoryRoomStore::place, BY_TIME))
                            .limit(limit + 1L)
                            .toList();
            return Page.of(bans, limit, InMemoryRoomStore::place);
        });
    }

    @Override
    public Page<AuditEntry, AuditCursor> audit(RoomId id, @Nullable AuditCursor after, int limit) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(id);
            List<AuditEntry> all = room == null ? List.of() : room.audit();
            // A position is the number of entries up to and with it.
            int end = after == null ? all.size() : Math.clamp(after.position() - 1, 0, all.size());
            int begin = Math.max(0, end - limit);
            return new Page<>(
                    List.copyOf(all.subList(begin, end).reversed()), begin == 0 ? null : new AuditCursor(begin + 1L));
        });
    }

    private static RoomCursor place(Room room) {
        return new RoomCursor(room.createdAt(), room.id());
    }

    private static BanCursor place(RoomBan ban) {
        return new BanCursor(ban.createdAt(), ban.userId());
    }

    private static MemberCursor place(InMemoryMember member) {
        return new MemberCursor(member.joinedAt(), member.userId());
    }

    private static InMemoryRoom room(InMemoryTables tables, RoomId id) {
        InMemoryRoom room = tables.rooms.get(id);
        if (room == null) {
            throw new IllegalStateException("Somebody is a member of " + id + ", which does not exist");
        }
        return room;
    }

    private static RoomSummary summary(InMemoryTables tables, InMemoryRoom room, UserId userId) {
        InMemoryMember member = room.member(userId);
        if (member == null) {
            throw new IllegalStateException(userId + " is no member of " + room.id());
        }
        return new RoomSummary(
                tables.view(room),
                room.unread(member),
                member.readSeq(),
                member.role(),
                room.lastMessage().map(tables::named).orElse(null));
    }

    private static Membership view(InMemoryTables tables, RoomId roomId, InMemoryMember member) {
        return new Membership(
                roomId,
                member.userId(),
                tables.nickname(member.userId()),
                member.role(),
                member.joinedAt(),
                member.readId(),
                member.readSeq());
    }
}
