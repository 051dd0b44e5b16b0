package dev.confab.chat.model;

import java.util.Set;

/**
 * What a gateway must know of a room to let a send pass or to stop a delivery: its state and which of the users it
 * asked about are members, all as of one {@code memberVersion}.
 *
 * @param memberCount members now
 * @param lastSeq the head of the room's order at the same moment
 * @param purgedSeq up to where everything was deleted for good
 * @param members those of the asked users who are members
 */
public record RoomStanding(
        RoomId roomId,
        RoomStatus status,
        Visibility visibility,
        long memberVersion,
        int memberCount,
        Sequence lastSeq,
        Sequence purgedSeq,
        Set<UserId> members) {}
