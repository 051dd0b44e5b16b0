package dev.confab.testkit.simulation;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import org.jspecify.annotations.Nullable;

/** What one device knows of one room, as a careful client keeps it: one number, and whether it is live (G3, G7). */
final class RoomView {

    private final World world;
    private final UserId user;
    private final RoomId roomId;
    private State state = State.AWAY;
    private @Nullable Epoch epoch;
    private long seq;
    private @Nullable Long asked;
    private long replayed;
    private long endAtJoin;
    private boolean doubtful;
    private long covered;

    private enum State {
        AWAY,
        JOINING,
        LIVE,
        LEAVING
    }

    RoomView(World world, UserId user, RoomId roomId) {
        this.world = world;
        this.user = user;
        this.roomId = roomId;
    }

    RoomId roomId() {
        return roomId;
    }

    boolean isAway() {
        return state == State.AWAY;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    /** Whether it was told that it may be out of the room. */
    boolean isDoubtful() {
        return doubtful;
    }

    /** Up to where it was told, or told that it begins behind, on this connection. */
    long covered() {
        return covered;
    }

    /** The connection is gone; what it knows stays. */
    void disconnected() {
        state = State.AWAY;
        doubtful = false;
        covered = 0;
    }

    LiveChat.Resume join(Epoch present, boolean resume) {
        state = State.JOINING;
        doubtful = false;
        endAtJoin = stored().lastEndOf(user);
        if (resume && epoch != null) {
            asked = seq;
            replayed = seq;
            return new LiveChat.Resume(roomId, new Sequence(seq), epoch);
        }
        asked = null;
        replayed = -1;
        epoch = present;
        return LiveChat.Resume.fromNow(roomId);
    }

    void leave() {
        state = State.LEAVING;
    }

    void left() {
        if (state == State.LEAVING) {
            state = State.AWAY;
        }
    }

    /** The answer to a join. */
    void entered(Result<LiveChat.Entry> answer) {
        if (!(answer instanceof Result.Ok<LiveChat.Entry>(LiveChat.Entry entry))) {
            state = State.AWAY;
            return;
        }
        if (world.judge().isPresent(entry.epoch())) {
            check(entry);
        }
        state = State.LIVE;
        epoch = entry.epoch();
        seq = entry.seq().value();
        covered = Math.max(covered, seq);
    }

    private void check(LiveChat.Entry entry) {
        Long last = asked;
        LiveChat.Gap gap = entry.gap();
        if (last == null) {
            return;
        }
        boolean told = entry.reset()
                || (gap != null && gap.from().value() == last + 1 && gap.to().equals(entry.seq()))
                || (entry.recovered() && replayed == entry.seq().value());
        if (!told) {
            broken("G7 resumed with a gap", "from " + last + ", told up to " + replayed + ", answered " + entry);
        }
    }

    void hear(ChatEvent.Timeline event, boolean replay) {
        long place = event.seq().value();
        boolean own = user.equals(event.actor());
        switch (state) {
            case AWAY -> {
                if (!own && isStrict()) {
                    broken("shown in a room that was not joined", Story.of(event));
                }
            }
            case JOINING -> {
                if (replay) {
                    if (place != replayed + 1 && isStrict()) {
                        broken("G7 replayed out of order", Story.of(event) + " after " + replayed);
                    }
                    replayed = place;
                } else if (!own && isStrict()) {
                    broken("G7 live before the answer", Story.of(event));
                }
            }
            case LIVE, LEAVING -> {
                if (place == seq + 1) {
                    seq = place;
                    covered = Math.max(covered, seq);
                } else if (!(own && mayBeOut()) && isStrict()) {
                    broken(place <= seq ? "G3 shown again" : "G3 a hole was shown", Story.of(event) + " after " + seq);
                }
            }
        }
    }

    /** Own messages are told outside of the room as well. */
    private boolean mayBeOut() {
        return state == State.LEAVING || doubtful || stored().lastEndOf(user) != endAtJoin;
    }

    void doubt() {
        doubtful = true;
    }

    /** When everything is at rest. */
    void lookAtRest() {
        boolean member = stored().members().contains(user);
        if (member && (state != State.LIVE || doubtful)) {
            broken("a member cannot come in", "it is " + state);
        } else if (member && seq != stored().head()) {
            broken("G5 not shown", "it knows " + seq + " of " + stored().head());
        } else if (member && !world.judge().isPresent(epoch)) {
            broken("G7 not told of a restored store", "it is in " + epoch);
        } else if (!member && state == State.LIVE && !doubtful) {
            broken("G14 not told to be out", "it still is " + state);
        }
    }

    private boolean isStrict() {
        return world.judge().isPresent(epoch);
    }

    private StoredRoom stored() {
        return world.judge().stored().room(roomId);
    }

    private void broken(String rule, String how) {
        world.judge().broken(rule, Story.of(user) + " in " + Story.of(roomId) + ": " + how);
    }
}
