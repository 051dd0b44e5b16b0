package dev.confab.chat.model;

import org.jspecify.annotations.Nullable;

/**
 * An event on its way from where it was stored to every gateway.
 *
 * @param epoch the life of the store in which it happened
 * @param memberVersion the room's membership version when it was stored (G14); 0 where the event carries none
 * @param traceId of the command that caused it
 */
public record Publication(Epoch epoch, long memberVersion, TraceId traceId, ChatEvent event) {

    /** Whom the event is addressed to, or who caused it: that user's sessions hear of it wherever they are. Null for the server. */
    public @Nullable UserId concerns() {
        return switch (event) {
            case ChatEvent.Timeline timeline -> timeline.actor();
            case ChatEvent.CommandRejected rejected -> rejected.senderId();
            case ChatEvent.ReadMarked marked -> marked.userId();
            case ChatEvent.RoomChanged changed ->
                changed.change() instanceof RoomChange.OfMember member ? member.userId() : null;
            case ChatEvent.RoomShown shown -> null;
            case ChatEvent.Ephemeral ephemeral -> ephemeral.userId();
        };
    }
}
