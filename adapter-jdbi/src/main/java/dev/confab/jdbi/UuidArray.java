package dev.confab.jdbi;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * Binds a {@code uuid[]} in binary form, which is half as long as its text and leaves the server nothing to parse. The
 * driver sends text instead where binary transfer was switched off.
 */
final class UuidArray implements Argument {

    /** PostgreSQL's number of the type {@code uuid[]}. */
    static final int OID = 2951;

    private final @Nullable UUID[] ids;

    private UuidArray(@Nullable UUID[] ids) {
        this.ids = ids;
    }

    /** One element for each of {@code items}, null where {@code id} gives none. */
    static <T> UuidArray of(Collection<T> items, Function<? super T, @Nullable UUID> id) {
        @Nullable UUID[] ids = new @Nullable UUID[items.size()];
        Iterator<T> iterator = items.iterator();
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id.apply(iterator.next());
        }
        return new UuidArray(ids);
    }

    @Override
    public void apply(int position, PreparedStatement statement, StatementContext context) throws SQLException {
        statement.setObject(position, new Value(ids));
    }

    private static final class Value extends PGobject implements PGBinaryObject {

        private static final int ELEMENT_TYPE = 2950;
        private static final int HEADER = 5 * Integer.BYTES;
        private static final int ID = 2 * Long.BYTES;

        private final transient @Nullable UUID[] ids;

        Value(@Nullable UUID[] ids) {
            this.ids = ids;
            setType("_uuid");
        }

        @Override
        public int lengthInBytes() {
            int length = HEADER + ids.length * Integer.BYTES;
            for (UUID id : ids) {
                length += id == null ? 0 : ID;
            }
            return length;
        }

        /** As array_send of PostgreSQL writes it: dimensions, has nulls, element type, size, lower bound, elements. */
        @Override
        public void toBytes(byte[] bytes, int offset) {
            ByteBuffer out = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
            out.putInt(1).putInt(1).putInt(ELEMENT_TYPE).putInt(ids.length).putInt(1);
            for (UUID id : ids) {
                if (id == null) {
                    out.putInt(-1);
                } else {
                    out.putInt(ID).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
                }
            }
        }

        @Override
        public void setByteValue(byte[] bytes, int offset) {
            throw new IllegalStateException("Only ever sent");
        }

        @Override
        public String getValue() {
            return Arrays.stream(ids)
                    .map(id -> id == null ? "NULL" : id.toString())
                    .collect(Collectors.joining(",", "{", "}"));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Value value && Arrays.equals(ids, value.ids);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }

        @Override
        public Object clone() {
            return new Value(ids);
        }
    }
}
