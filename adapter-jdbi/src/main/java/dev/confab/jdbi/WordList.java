package dev.confab.jdbi;

import dev.confab.chat.model.RoomId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The number of the list of a room's messages that have a word: the room's hash, then the word's (CRC-32C, RFC 3720
 * appendix B.4). Rooms and words may share a hash, so that a list is only where to look. Stateless; safe on any thread.
 */
public final class WordList {

    private WordList() {}

    /** The list of one word. */
    public static long of(RoomId roomId, String word) {
        return (long) hash(roomId) << 32 | (hash(word) & 0xFFFF_FFFFL);
    }

    /** The lists of all of the words, ascending, each once. */
    static List<Long> of(RoomId roomId, Collection<String> words) {
        long room = (long) hash(roomId) << 32;
        return words.stream()
                .mapToLong(word -> room | (hash(word) & 0xFFFF_FFFFL))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    private static int hash(RoomId roomId) {
        return hash(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(roomId.value().getMostSignificantBits())
                .putLong(roomId.value().getLeastSignificantBits())
                .array());
    }

    private static int hash(String word) {
        return hash(word.getBytes(StandardCharsets.UTF_8));
    }

    private static int hash(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
