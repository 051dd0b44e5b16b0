package dev.confab.jdbi;

import dev.confab.chat.model.MessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** How values of the domain lie in columns. */
final class Columns {

    private Columns() {}

    /** Instants are kept in whole milliseconds: that is what clients see and what cursors compare. */
    static OffsetDateTime time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant nullableTime(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static UUID uuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static @Nullable UUID nullableUuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static UUID uuid(MessageId id) {
        return new UUID(id.high(), id.low());
    }

    static @Nullable UUID nullableUuid(@Nullable MessageId id) {
        return id == null ? null : uuid(id);
    }

    static MessageId messageId(UUID id) {
        return new MessageId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    static @Nullable MessageId nullableMessageId(ResultSet row, int column) throws SQLException {
        UUID id = nullableUuid(row, column);
        return id == null ? null : messageId(id);
    }

    /** Binds a {@code bigint[]} with one element for each of {@code items}. */
    static <T> Argument longs(Collection<T> items, ToLongFunction<? super T> value) {
        Long[] values = new Long[items.size()];
        Iterator<T> iterator = items.iterator();
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsLong(iterator.next());
        }
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf("int8", values));
    }

    /** Binds a {@code text[]} with one element for each of {@code items}, null where {@code value} gives none. */
    static <T> Argument texts(Collection<T> items, Function<? super T, @Nullable String> value) {
        @Nullable String[] values = new @Nullable String[items.size()];
        Iterator<T> iterator = items.iterator();
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(iterator.next());
        }
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf("text", values));
    }
}
