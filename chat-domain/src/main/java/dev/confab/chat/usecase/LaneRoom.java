package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who, of one lane, is in one room. Confined to the lane, but for the count of sessions, which the room's lock guards. */
final class LaneRoom {

    /** How many events a session is told in one go. */
    static final int MOST_TOGETHER = 16;

    private final Lane lane;
    /** Each knows its place among them: to find it, or to take it out, costs nothing, however large the room is. */
    private final List<Subscriber> told = new ArrayList<>();

    private final List<ChatEvent.Timeline> untold = new ArrayList<>();

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
        tellUntold();
        subscriber.place(told.size());
        told.add(subscriber);
    }

    /**
     * Takes out one that was added. The last one takes its place: in which order sessions are told is nobody's concern.
     */
    void remove(Subscriber subscriber) {
        tellUntold();
        subscriber.leave();
        Subscriber last = told.removeLast();
        if (last != subscriber) {
            last.place(subscriber.place());
            told.set(last.place(), last);
        }
    }

    /**
     * Tells all of an event, at once or, while the lane has more to do, together with those that follow: going from
     * session to session is what costs in a large room, and each is at hand once for all of them.
     */
    void tell(ChatEvent.Timeline event) {
        untold.add(event);
        if (lane.isLast() || untold.size() == MOST_TOGETHER) {
            tellUntold();
        } else if (untold.size() == 1) {
            lane.atEnd(this);
        }
    }

    /** Tells what waits. Called before anything else happens in the room, so that all keeps its order. */
    void tellUntold() {
        if (untold.isEmpty()) {
            return;
        }
        boolean flush = lane.isLast();
        for (int i = 0; i < told.size(); i++) {
            told.get(i).offer(untold, flush);
        }
        untold.clear();
    }

    void tellLasting(ChatEvent event, @Nullable UserId exceptUser) {
        tellUntold();
        for (Subscriber subscriber : told) {
            if (!subscriber.session().userId().equals(exceptUser)) {
                subscriber.offerLasting(event);
            }
        }
    }

    void tellPassing(ChatEvent event, @Nullable UserId exceptUser, @Nullable ConnectionId exceptConnection) {
        tellUntold();
        for (Subscriber subscriber : told) {
            LiveSession session = subscriber.session();
            if (!session.userId().equals(exceptUser) && !session.connectionId().equals(exceptConnection)) {
                subscriber.offerPassing(event);
            }
        }
    }
}
