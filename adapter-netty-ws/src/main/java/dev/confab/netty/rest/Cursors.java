package dev.confab.netty.rest;

import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomListCursor;
import dev.confab.chat.model.UserId;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Places in lists as opaque text: a kind, a moment and an id, in base64url (RFC 4648 section 5). */
final class Cursors {

    private static final byte ROOMS = 1;
    private static final byte MEMBERS = 2;
    private static final int SIZE = 1 + Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

    private Cursors() {}

    static String text(RoomListCursor cursor) {
        return text(ROOMS, cursor.lastActivity(), cursor.id().value());
    }

    static String text(MemberCursor cursor) {
        return text(MEMBERS, cursor.joinedAt(), cursor.id().value());
    }

    static Optional<RoomListCursor> rooms(String text) {
        return read(text, ROOMS, (moment, id) -> new RoomListCursor(moment, new RoomId(id)));
    }

    static Optional<MemberCursor> members(String text) {
        return read(text, MEMBERS, (moment, id) -> new MemberCursor(moment, new UserId(id)));
    }

    private static String text(byte kind, Instant moment, UUID id) {
        byte[] bytes = ByteBuffer.allocate(SIZE)
                .put(kind)
                .putLong(moment.getEpochSecond())
                .putInt(moment.getNano())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static <C> Optional<C> read(String text, byte kind, BiFunction<Instant, UUID, C> maker) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length != SIZE || bytes[0] != kind) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, SIZE - 1);
            long seconds = buffer.getLong();
            int nanos = buffer.getInt();
            if (nanos < 0 || nanos > 999_999_999 || seconds < 0 || seconds > LAST_SECOND) {
                return Optional.empty();
            }
            Instant moment = Instant.ofEpochSecond(seconds, nanos);
            return Optional.of(maker.apply(moment, new UUID(buffer.getLong(), buffer.getLong())));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The end of the year 9999: what no store can hold is no place in its lists. */
    private static final long LAST_SECOND = 253_402_300_799L;
}
