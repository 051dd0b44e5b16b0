package dev.confab.chat.inmemory;

import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.RoomStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rooms in memory. Calls never throw. */
final class InMemoryRoomStore implements RoomStore {

    private static final Comparator<RoomListCursor> LATEST_FIRST =
            Comparator.comparing(RoomListCursor::lastActivity).reversed().thenComparing(RoomListCursor::id);
    private static final Comparator<MemberCursor> BY_SENIORITY =
            Comparator.comparing(MemberCursor::joinedAt).thenComparing(MemberCursor::id);

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
            InMemoryRoom room = new InMemoryRoom(newRoom);
            for (UserId id : everybody) {
                room.add(id, id.equals(newRoom.createdBy()) ? Role.OWNER : Role.MEMBER, newRoom.createdAt());
                tables.addMembership(id, newRoom.id());
                tables.happened(new RoomChange.MemberJoined(
                        newRoom.id(),
                        id,
                        id.equals(newRoom.createdBy()) ? Role.OWNER : Role.MEMBER,
                        newRoom.createdBy(),
                        room.memberVersion(),
                        newRoom.createdAt()));
            }
            tables.rooms.put(newRoom.id(), room);
            return new Creation.Created(room.view());
        });
    }

    @Override
    public Optional<Room> find(RoomId id) {
        return database.transaction(
                tables -> Optional.ofNullable(tables.rooms.get(id)).map(InMemoryRoom::view));
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
    public Joining join(RoomId id, UserId userId, Instant now) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(id);
            if (room == null) {
                return new Joining.NotFound();
            }
            InMemoryMember present = room.member(userId);
            if (present != null) {
                return new Joining.AlreadyMember(view(tables, id, present));
            }
            if (room.visibility() == Visibility.PRIVATE) {
                return new Joining.NotFound();
            }
            if (room.status() == RoomStatus.CLOSED) {
                return new Joining.Closed();
            }
            if (room.isFull()) {
                return new Joining.Full();
            }
            InMemoryMember newcomer = room.add(userId, Role.MEMBER, now);
            tables.addMembership(userId, id);
            long version = room.raiseMemberVersion();
            tables.happened(new RoomChange.MemberJoined(id, userId, newcomer.role(), userId, version, now));
            return new Joining.Joined(view(tables, id, newcomer), version);
        });
    }

    @Override
    public Leaving leave(RoomId id, UserId userId, Instant now) {
        return database.transaction(tables -> {
            InMemoryRoom room = tables.rooms.get(id);
            if (room == null) {
                return new Leaving.NotFound();
            }
            InMemoryMember member = room.member(userId);
            if (member == null) {
                return new Leaving.NotAMember();
            }
            UserId heir = room.remove(member);
            tables.removeMembership(userId, id);
            long version = room.memberVersion();
            tables.happened(new RoomChange.MemberLeft(id, userId, member.role(), version, now));
            if (heir != null) {
                tables.happened(new RoomChange.RoleChanged(id, heir, Role.OWNER, userId, version, now));
            }
            if (room.members().isEmpty()) {
                tables.happened(new RoomChange.RoomClosed(id, userId, version, now));
            }
            return new Leaving.Left(version);
        });
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
                room.view(),
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
