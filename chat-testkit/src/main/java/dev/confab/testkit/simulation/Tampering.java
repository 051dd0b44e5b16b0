package dev.confab.testkit.simulation;

import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.RoomStore;

/**
 * Puts something between chat and its ports, to see whether the simulation notices. Each is asked once for each life of
 * each process. Calls come from one thread at a time.
 */
public interface Tampering {

    /** Everything as it is. */
    Tampering NONE = new Tampering() {};

    /** What a worker stores with. */
    default MessageLog storing(MessageLog log) {
        return log;
    }

    /** What a worker publishes with. */
    default EventBus publishing(EventBus bus) {
        return bus;
    }

    /** What a gateway reads timelines from. */
    default MessageLog reading(MessageLog log) {
        return log;
    }

    /** What a gateway asks who is in a room. */
    default RoomStore rooms(RoomStore rooms) {
        return rooms;
    }

    /** What a gateway moves read markers with. */
    default ReadMarkers markers(ReadMarkers markers) {
        return markers;
    }
}
