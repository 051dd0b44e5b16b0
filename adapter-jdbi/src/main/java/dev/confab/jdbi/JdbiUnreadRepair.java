package dev.confab.jdbi;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UnreadFinding;
import dev.confab.chat.port.out.UnreadRepair;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Recounts in PostgreSQL. Each room is a transaction of its own; where nothing is to be repaired it is the same
 * transaction, undone at its end. Safe on any thread.
 */
final class JdbiUnreadRepair implements UnreadRepair {

    private static final String ROOMS =
            "select id from rooms where cast(:after as uuid) is null or id > :after order by id limit :limit";

    private static final String LOCK = "select ord from rooms where id = :room for no key update";

    /** What older messages, if they are gone, have left behind in the count. */
    private static final String BEFORE_FIRST = """
            select case when seq = 1 then 0 else ord - (type <> 'SYSTEM')::int end
            from messages where room_id = :room order by seq limit 1
            """;

    private static final String MESSAGES = """
            update messages m set ord = c.ord
            from (
                select seq, :before + count(*) filter (where type <> 'SYSTEM') over (order by seq) as ord
                from messages where room_id = :room
            ) c
            where m.room_id = :room and m.seq = c.seq and m.ord <> c.ord
            """;

    private static final String HEAD = """
            update rooms r set ord = t.ord
            from (select ord from messages where room_id = :room order by seq desc limit 1) t
            where r.id = :room and r.ord <> t.ord
            """;

    private static final String MARKERS = """
            update room_members m set read_ord = c.ord
            from (
                select s.user_id, coalesce(
                    (select t.ord from messages t
                     where t.room_id = :room and t.seq <= s.last_read_seq order by t.seq desc limit 1), :before) as ord
                from room_members s where s.room_id = :room and s.left_at is null
            ) c
            where m.room_id = :room and m.user_id = c.user_id and m.read_ord <> c.ord
            """;

    private final Database database;

    JdbiUnreadRepair(Database database) {
        this.database = database;
    }

    @Override
    public Page<UnreadFinding, RoomId> check(@Nullable RoomId after, int limit, boolean repair) {
        List<RoomId> rooms = database.read(handle -> handle.createQuery(ROOMS)
                .bind("after", after == null ? null : after.value())
                .bind("limit", limit + 1)
                .map((row, context) -> new RoomId(Columns.uuid(row, 1)))
                .list());
        List<UnreadFinding> findings = new ArrayList<>();
        for (RoomId room : rooms.subList(0, Math.min(limit, rooms.size()))) {
            findings.add(database.write(handle -> check(handle, room, repair)));
        }
        return new Page<>(findings, rooms.size() > limit ? findings.getLast().roomId() : null);
    }

    private static UnreadFinding check(Handle handle, RoomId room, boolean repair) {
        long ord = handle.createQuery(LOCK)
                .bind("room", room.value())
                .mapTo(Long.class)
                .one();
        long before = handle.createQuery(BEFORE_FIRST)
                .bind("room", room.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(ord);
        String undo = "checked";
        handle.savepoint(undo);
        long messages = handle.createUpdate(MESSAGES)
                .bind("room", room.value())
                .bind("before", before)
                .execute();
        boolean head = handle.createUpdate(HEAD).bind("room", room.value()).execute() > 0;
        long markers = handle.createUpdate(MARKERS)
                .bind("room", room.value())
                .bind("before", before)
                .execute();
        if (!repair) {
            handle.rollbackToSavepoint(undo);
        }
        return new UnreadFinding(room, messages, head, markers);
    }
}
