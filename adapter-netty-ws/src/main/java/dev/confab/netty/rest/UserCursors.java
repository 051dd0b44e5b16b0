package dev.confab.netty.rest;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.UserCursor;
import dev.confab.chat.model.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Places in lists of users as opaque text: an id and a nickname, in base64url (RFC 4648 section 5). */
final class UserCursors {

    private static final int ID_BYTES = 2 * Long.BYTES;
    private static final int MAX_NICKNAME_BYTES = 1_000;

    private UserCursors() {}

    static String text(UserCursor cursor) {
        byte[] nickname = cursor.nickname().getBytes(StandardCharsets.UTF_8);
        UUID id = cursor.id().value();
        byte[] bytes = ByteBuffer.allocate(ID_BYTES + nickname.length)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(nickname)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Optional<UserCursor> read(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length <= ID_BYTES || bytes.length > ID_BYTES + MAX_NICKNAME_BYTES) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            UserId id = new UserId(new UUID(buffer.getLong(), buffer.getLong()));
            String nickname = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return ChatLimits.characters("cursor", nickname).isEmpty()
                    ? Optional.of(new UserCursor(nickname, id))
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
