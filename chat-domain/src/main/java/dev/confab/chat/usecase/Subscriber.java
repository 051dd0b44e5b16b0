package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * One session's stay in one room. Confined to the session's lane, so that what it has seen is never in doubt.
 */
final class Subscriber {

    private final LiveSession session;
    /** The highest place it was told; nothing at or below it is told again. */
    private long seen;
    /** The highest place that was passed by while it was still being told of earlier ones. */
    private long passed;

    /** What happens while it is still being told of earlier events and will not be told by these. */
    private List<ChatEvent> waiting = List.of();

    private boolean live;
    private boolean gone;
    private int place;

    Subscriber(LiveSession session, long seen, boolean live) {
        this.session = session;
        this.seen = seen;
        this.passed = seen;
        this.live = live;
    }

    LiveSession session() {
        return session;
    }

    /** Where it stands among those of its lane and room. */
    int place() {
        return place;
    }

    void place(int index) {
        place = index;
    }

    long seen() {
        return seen;
    }

    /**
     * Timeline events as they happen, in their order; while earlier ones are replayed they are only noted, and replayed
     * in their turn.
     *
     * @param flush whether the session is to be flushed at once
     */
    void offer(List<ChatEvent.Timeline> events, boolean flush) {
        for (int i = 0; i < events.size(); i++) {
            offer(events.get(i), flush && i == events.size() - 1);
        }
    }

    private void offer(ChatEvent.Timeline event, boolean flush) {
        long seq = event.seq().value();
        if (!live) {
            passed = Math.max(passed, seq);
        } else if (isNews(seq)) {
            if (flush) {
                session.tellAndFlush(event);
            } else {
                session.tell(event);
            }
        }
    }

    /** An earlier event. What lies beyond what has passed comes in its turn: who is a member then, is looked at then (G14). */
    void replay(ChatEvent.Timeline event) {
        long seq = event.seq().value();
        if (seq <= passed && isNews(seq)) {
            session.replay(event);
        }
    }

    private boolean isNews(long seq) {
        if (seq <= seen || gone) {
            return false;
        }
        seen = seq;
        return true;
    }

    /** Something without a place in the order that must not be missed; while earlier events are replayed it waits. */
    void offerLasting(ChatEvent event) {
        if (gone) {
            return;
        }
        if (live) {
            session.tell(event);
        } else {
            if (waiting.isEmpty()) {
                waiting = new ArrayList<>();
            }
            waiting.add(event);
        }
    }

    /** It is live, and the client knows: what waited is told. */
    void tellWaiting() {
        waiting.forEach(this::offerLasting);
        waiting = List.of();
    }

    /** Something without a place in the order. */
    void offerPassing(ChatEvent event) {
        if (live && !gone) {
            session.tell(event);
        }
    }

    /** Whether nothing was passed by: if so, it is live from now on. */
    boolean goLive() {
        live = seen >= passed;
        return live;
    }

    /** Must be told at least up to there before it goes live. */
    void mustReach(long seq) {
        passed = Math.max(passed, seq);
    }

    void leave() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }
}
