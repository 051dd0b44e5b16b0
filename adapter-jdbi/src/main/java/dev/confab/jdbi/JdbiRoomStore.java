package dev.confab.jdbi;

import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomCursor;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.RoomStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rooms in PostgreSQL. Safe on any thread. */
final class JdbiRoomStore implements RoomStore {

    private static final String FIND = "select " + RoomRow.COLUMNS + " from rooms r where r.id = ?";

    static final String MEMBERSHIP = "select " + MembershipRow.COLUMNS
            + " from room_members m join users u on u.id = m.user_id"
            + " where m.room_id = ? and m.user_id = ? and m.left_at is null";

    private static final String MEMBERS = "select " + MembershipRow.COLUMNS
            + " from room_members m join users u on u.id = m.user_id"
            + " where m.room_id = :room and m.left_at is null %s order by m.joined_at, m.user_id limit :limit";
    private static final String FIRST_MEMBERS = MEMBERS.formatted("");
    private static final String NEXT_MEMBERS = MEMBERS.formatted("and (m.joined_at, m.user_id) > (:joinedAt, :user)");

    private final Database database;
    private final RoomDeeds deeds;
    private final Standings standings;

    JdbiRoomStore(Database database) {
        this.database = database;
        this.deeds = new RoomDeeds(database);
        this.standings = new Standings(database);
    }

    @Override
    public Creation create(NewRoom room) {
        return database.write(handle -> new RoomCreation(handle, room).create());
    }

    @Override
    public Optional<Room> find(RoomId id) {
        return database.read(handle -> handle.createQuery(FIND)
                .bind(0, id.value())
                .map((row, context) -> RoomRow.read(row))
                .findOne());
    }

    @Override
    public Optional<RoomStanding> standing(RoomId id, Collection<UserId> users) {
        return standings.of(id, users);
    }

    @Override
    public Optional<Membership> membership(RoomId id, UserId userId) {
        return database.read(handle -> handle.createQuery(MEMBERSHIP)
                .bind(0, id.value())
                .bind(1, userId.value())
                .map((row, context) -> MembershipRow.read(row))
                .findOne());
    }

    @Override
    public Acted act(RoomId id, UserId by, RoomAct act, Instant now) {
        return deeds.of(id).call(new RoomDeeds.Deed(id, by, act, now)).get();
    }

    @Override
    public Page<RoomSummary, RoomListCursor> roomsOf(UserId userId, @Nullable RoomListCursor after, int limit) {
        return database.read(handle -> new RoomList(handle, userId).page(after, limit));
    }

    @Override
    public Page<Membership, MemberCursor> members(RoomId id, @Nullable MemberCursor after, int limit) {
        List<Membership> rows = database.read(handle -> {
            var query = handle.createQuery(after == null ? FIRST_MEMBERS : NEXT_MEMBERS)
                    .bind("room", id.value())
                    .bind("limit", limit + 1);
            if (after != null) {
                query.bind("joinedAt", Columns.time(after.joinedAt()))
                        .bind("user", after.id().value());
            }
            return query.map((row, context) -> MembershipRow.read(row)).list();
        });
        return Page.of(rows, limit, member -> new MemberCursor(member.joinedAt(), member.userId()));
    }

    @Override
    public Page<Room, RoomCursor> publicRooms(String name, @Nullable RoomCursor after, int limit) {
        return database.read(handle -> PublicRooms.page(handle, name, after, limit));
    }

    @Override
    public Page<RoomBan, BanCursor> bans(RoomId id, Instant now, @Nullable BanCursor after, int limit) {
        return database.read(handle -> new RoomBans(handle, id).page(now, after, limit));
    }

    @Override
    public Page<AuditEntry, AuditCursor> audit(RoomId id, @Nullable AuditCursor after, int limit) {
        return database.read(handle -> AuditRows.page(handle, id, after, limit));
    }
}
