package dev.confab.chat.model;

/**
 * What was wrong in a room with the figures from which unread counts follow (G8).
 *
 * @param messages how many messages had a wrong place among people's messages
 * @param head whether the room's own count of people's messages was wrong
 * @param markers how many members' read markers were at a wrong place
 */
public record UnreadFinding(RoomId roomId, long messages, boolean head, long markers) {

    /** Whether nothing was wrong. */
    public boolean isRight() {
        return messages == 0 && !head && markers == 0;
    }
}
