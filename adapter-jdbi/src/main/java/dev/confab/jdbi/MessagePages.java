package dev.confab.jdbi;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads a room's messages by cursor: each page is one range of one index, however long the room is. */
final class MessagePages {

    private static final String SELECT =
            "select " + MessageRow.COLUMNS + " from messages m left join users u on u.id = m.sender_id ";
    static final String NEWEST = SELECT + "where m.room_id = ? order by m.seq desc limit ?";
    static final String BEFORE = SELECT + "where m.room_id = ? and m.id < ? order by m.id desc limit ?";
    static final String AFTER = SELECT + "where m.room_id = ? and m.id > ? order by m.id limit ?";
    static final String FROM = SELECT + "where m.room_id = ? and m.id >= ? order by m.id limit ?";
    static final String AFTER_SEQ = SELECT + "where m.room_id = ? and m.seq > ? order by m.seq limit ?";
    /** Messages and their changes side by side, each from the index of its own order. */
    static final String EVENTS = "(select " + MessageRow.COLUMNS
            + ", null::text as kind, m.seq as place, null::uuid as changed_by"
            + " from messages m left join users u on u.id = m.sender_id"
            + " where m.room_id = :room and m.seq > :after order by m.seq limit :limit)"
            + " union all (select " + MessageRow.COLUMNS + ", c.kind, c.seq, c.sender_id from message_changes c"
            + " join messages m on m.room_id = c.room_id and m.id = c.message_id"
            + " left join users u on u.id = m.sender_id"
            + " where c.room_id = :room and c.seq > :after order by c.seq limit :limit)"
            + " order by place limit :limit";

    static final String ONE = SELECT + "where m.room_id = ? and m.id = ?";

    private final Handle handle;
    private final RoomId roomId;

    MessagePages(Handle handle, RoomId roomId) {
        this.handle = handle;
        this.roomId = roomId;
    }

    MessagePage page(HistoryQuery query, int limit) {
        return switch (query) {
            case HistoryQuery.Newest newest -> backwards(newest(limit + 1), limit);
            case HistoryQuery.Before before -> backwards(byId(BEFORE, before.id(), limit + 1), limit);
            case HistoryQuery.After after -> forwards(byId(AFTER, after.id(), limit + 1), limit);
            case HistoryQuery.AfterSeq after -> forwards(afterSeq(after.seq(), limit + 1), limit);
            case HistoryQuery.Around around -> around(around.id(), limit);
        };
    }

    /** The timeline, ascending. */
    List<ChatEvent.Timeline> events(Sequence after, int limit) {
        return handle.createQuery(EVENTS)
                .bind("room", roomId.value())
                .bind("after", after.value())
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list();
    }

    private static ChatEvent.Timeline event(ResultSet row) throws SQLException {
        Message message = MessageRow.read(row);
        String kind = row.getString(MessageRow.WIDTH + 1);
        if (kind == null) {
            return new ChatEvent.MessagePosted(message);
        }
        Sequence place = new Sequence(row.getLong(MessageRow.WIDTH + 2));
        UserId changedBy = new UserId(Columns.uuid(row, MessageRow.WIDTH + 3));
        return switch (MessageChange.valueOf(kind)) {
            case EDIT -> new ChatEvent.MessageEdited(message, place, changedBy);
            case DELETE -> new ChatEvent.MessageDeleted(message, place, changedBy);
        };
    }

    /** Ascending. */
    private List<Message> afterSeq(Sequence seq, int limit) {
        return read(select(AFTER_SEQ).bind(1, seq.value()).bind(2, limit));
    }

    Optional<Message> find(MessageId id) {
        return select(ONE)
                .bind(1, Columns.uuid(id))
                .map((row, context) -> MessageRow.read(row))
                .findOne();
    }

    private List<Message> newest(int limit) {
        return read(select(NEWEST).bind(1, limit));
    }

    private List<Message> byId(String sql, MessageId id, int limit) {
        return read(select(sql).bind(1, Columns.uuid(id)).bind(2, limit));
    }

    private Query select(String sql) {
        return handle.createQuery(sql).bind(0, roomId.value());
    }

    private static List<Message> read(Query query) {
        return query.map((row, context) -> MessageRow.read(row)).list();
    }

    private MessagePage around(MessageId id, int limit) {
        int half = limit / 2;
        List<Message> before = byId(BEFORE, id, half + 1);
        List<Message> from = byId(FROM, id, limit - half + 1);
        boolean more = before.size() > half || from.size() > limit - half;
        List<Message> items = new ArrayList<>(limit);
        items.addAll(cut(before, half).reversed());
        items.addAll(cut(from, limit - half));
        return new MessagePage(List.copyOf(items), null, more);
    }

    private static MessagePage backwards(List<Message> descending, int limit) {
        boolean more = descending.size() > limit;
        List<Message> items = List.copyOf(cut(descending, limit).reversed());
        return new MessagePage(items, more ? items.getFirst().id() : null, more);
    }

    private static MessagePage forwards(List<Message> ascending, int limit) {
        boolean more = ascending.size() > limit;
        List<Message> items = List.copyOf(cut(ascending, limit));
        return new MessagePage(items, more ? items.getLast().id() : null, more);
    }

    private static List<Message> cut(List<Message> rows, int limit) {
        return rows.subList(0, Math.min(rows.size(), limit));
    }
}
