package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who, of one lane, is in one room. Confined to the lane, but for the count of sessions, which the room's lock guards. */
final class LaneRoom {

    private final Lane lane;
    private final Map<LiveSession, Subscriber> subscribers = new HashMap<>();
    /** The same ones, to be gone through: in a large room that is what a message costs. */
    private final List<Subscriber> told = new ArrayList<>();

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
            strike(before);
        }
        subscriber.place(told.size());
        told.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        subscriber.leave();
        if (subscribers.remove(subscriber.session(), subscriber)) {
            strike(subscriber);
        }
    }

    /** The last one takes its place: in which order sessions are told is nobody's concern. */
    private void strike(Subscriber subscriber) {
        Subscriber last = told.removeLast();
        if (last != subscriber) {
            last.place(subscriber.place());
            told.set(last.place(), last);
        }
    }

    void tell(ChatEvent.Timeline event) {
        // Written and flushed in one go while a session is at hand: in a large room the first is out of the processor's
        // cache when the last was told.
        boolean flush = lane.isLast();
        for (int i = 0; i < told.size(); i++) {
            told.get(i).offer(event, flush);
        }
    }

    void tellLasting(ChatEvent event, @Nullable UserId exceptUser) {
        for (Subscriber subscriber : told) {
            if (!subscriber.session().userId().equals(exceptUser)) {
                subscriber.offerLasting(event);
            }
        }
    }

    void tellPassing(ChatEvent event, @Nullable UserId exceptUser, @Nullable ConnectionId exceptConnection) {
        for (Subscriber subscriber : told) {
            LiveSession session = subscriber.session();
            if (!session.userId().equals(exceptUser) && !session.connectionId().equals(exceptConnection)) {
                subscriber.offerPassing(event);
            }
        }
    }
}
