package dev.confab.netty.rest;

import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.RoomCursor;
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

/** Places in lists as opaque text: most a kind, a moment and an id, in base64url (RFC 4648 section 5). */
final class Cursors {

    private static final byte ROOMS = 1;
    private static final byte MEMBERS = 2;
    private static final byte PUBLIC_ROOMS = 3;
    private static final byte BANS = 4;
    private static final int AUDIT_RADIX = 36;
    private static final int SIZE = 1 + Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

    private Cursors() {}

    static String text(RoomListCursor cursor) {
        return text(ROOMS, cursor.lastActivity(), cursor.id().value());
    }

    static String text(MemberCursor cursor) {
        return text(MEMBERS, cursor.joinedAt(), cursor.id().value());
    }

    static String text(RoomCursor cursor) {
        return text(PUBLIC_ROOMS, cursor.createdAt(), cursor.id().value());
    }

    static String text(BanCursor cursor) {
        return text(BANS, cursor.createdAt(), cursor.id().value());
    }

    static String text(AuditCursor cursor) {
        return Long.toString(cursor.position(), AUDIT_RADIX);
    }

    static Optional<RoomCursor> publicRooms(String text) {
        return read(text, PUBLIC_ROOMS, (moment, id) -> new RoomCursor(moment, new RoomId(id)));
    }

    static Optional<BanCursor> bans(String text) {
        return read(text, BANS, (moment, id) -> new BanCursor(moment, new UserId(id)));
    }

    static Optional<AuditCursor> audit(String text) {
        try {
            long position = Long.parseLong(text, AUDIT_RADIX);
            return position > 0 ? Optional.of(new AuditCursor(position)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
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
