package dev.confab.chat.model;

import java.time.Instant;

/** What servers tell each other at once and at most once. Everything that lasts has another, safe way. */
public sealed interface Signal {

    /** What is about a room, and goes to the servers that follow it. */
    sealed interface OfRoom extends Signal {
        /** The room it is about. */
        RoomId roomId();
    }

    /** Something passing happened in a room. */
    record InRoom(ChatEvent.Ephemeral event) implements OfRoom {
        @Override
        public RoomId roomId() {
            return event.roomId();
        }
    }

    /**
     * Membership or status of a room changed; who hears it looks it up again. A lost one is made good by the {@code
     * memberVersion} of the next publication.
     */
    record MembershipChanged(RoomId roomId, long memberVersion) implements OfRoom {}

    /**
     * A user has too many connections, and this is one of the oldest: the server that has it ends it. Goes to every
     * server. A lost one is made good with the user's next connection.
     */
    record SurplusConnection(UserId userId, ConnectionId connectionId) implements Signal {}

    /**
     * An operator asks all gateways what they know of the delivery of a message. Asked again while answers are waited for.
     *
     * @param storedAt when the message was stored
     */
    record DeliveryAsked(InquiryId inquiryId, RoomId roomId, Sequence seq, Instant storedAt) implements Signal {}

    /** What one gateway answers. */
    record DeliveryTold(InquiryId inquiryId, TraceStep.Delivered delivered) implements Signal {}
}
