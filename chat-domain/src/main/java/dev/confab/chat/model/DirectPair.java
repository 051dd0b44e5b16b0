package dev.confab.chat.model;

import java.util.Optional;

/** The two people whom a {@link RoomType#DIRECT} room is for, in or out of it, under their present nicknames. */
public record DirectPair(Peer first, Peer second) {

    /** One of the two. */
    public record Peer(UserId id, String nickname) {}

    /** Who the room is for besides {@code viewer}; empty for a stranger. */
    public Optional<Peer> peerOf(UserId viewer) {
        if (viewer.equals(first.id())) {
            return Optional.of(second);
        }
        return viewer.equals(second.id()) ? Optional.of(first) : Optional.empty();
    }
}
