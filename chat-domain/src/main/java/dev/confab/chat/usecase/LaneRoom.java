package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who, of one lane, is in one room. Confined to the lane, but for the count of sessions, which the room's lock guards. */
final class LaneRoom {

    private final Lane lane;
    private final Map<LiveSession, Subscriber> subscribers = new LinkedHashMap<>();

    private int sessions;

    LaneRoom(Lane lane) {
        this.lane = lane;
    }

    void arrived() {
        sessions++;
    }

    /** Returns how many sessions are left. */
    int departed() {
        return --sessions;
    }

    Lane lane() {
        return lane;
    }

    void add(Subscriber subscriber) {
        Subscriber before = subscribers.put(subscriber.session(), subscriber);
        if (before != null) {
            before.leave();
        }
    }

    void remove(Subscriber subscriber) {
        subscriber.leave();
        subscribers.remove(subscriber.session(), subscriber);
    }

    void tell(ChatEvent.Timeline event) {
        // Written and flushed in one go while a session is at hand: in a large room the first is out of the processor's
        // cache when the last was told.
        boolean flush = lane.isLast();
        for (Subscriber subscriber : subscribers.values()) {
            subscriber.offer(event, flush);
        }
    }

    void tellLasting(ChatEvent event, @Nullable UserId exceptUser) {
        for (Subscriber subscriber : subscribers.values()) {
            if (!subscriber.session().userId().equals(exceptUser)) {
                subscriber.offerLasting(event);
            }
        }
    }

    void tellPassing(ChatEvent event, @Nullable UserId exceptUser, @Nullable ConnectionId exceptConnection) {
        for (Subscriber subscriber : subscribers.values()) {
            LiveSession session = subscriber.session();
            if (!session.userId().equals(exceptUser) && !session.connectionId().equals(exceptConnection)) {
                subscriber.offerPassing(event);
            }
        }
    }
}
