package dev.confab.chat.model;

/** What servers tell each other at once and at most once. Everything that lasts has another, safe way. */
public sealed interface Signal {

    /** The room it is about. */
    RoomId roomId();

    /** Something passing happened in a room; goes to the servers that follow the room. */
    record InRoom(ChatEvent.Ephemeral event) implements Signal {
        @Override
        public RoomId roomId() {
            return event.roomId();
        }
    }

    /**
     * Membership or status of a room changed; goes to the servers that follow the room, which look it up again. A lost
     * one is made good by the {@code memberVersion} of the next publication.
     */
    record MembershipChanged(RoomId roomId, long memberVersion) implements Signal {}
}
