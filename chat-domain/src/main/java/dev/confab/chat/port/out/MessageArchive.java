package dev.confab.chat.port.out;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.RoomId;
import java.util.List;

/** Where old parts of timelines go before they are deleted. Calls block; safe on any thread. */
@FunctionalInterface
public interface MessageArchive {

    /** Keeps nothing. */
    MessageArchive NONE = (roomId, events) -> {};

    /**
     * Keeps events of a room, durably: they are there after a crash once this has returned. The same may come again, after
     * a crash of the caller.
     *
     * @param events ascending, as they now are; never empty
     * @throws java.io.UncheckedIOException when they could not be kept; then they must not be deleted
     */
    void keep(RoomId roomId, List<ChatEvent.Timeline> events);
}
