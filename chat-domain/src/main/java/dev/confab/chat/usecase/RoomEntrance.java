package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.LiveChat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets sessions into rooms and out again, and tells those who come back what they missed. Safe on any thread. */
final class RoomEntrance {

    /** How many events are replayed before the client must have taken them. */
    private static final int CHUNK = 100;

    /** How many are looked through for one's own. */
    private static final int PAGE = 500;

    private final LiveRooms rooms;
    private final LiveStores stores;
    private final Admission admission;
    private final LivePresence presence;
    private final Supplier<Epoch> epoch;

    RoomEntrance(
            LiveRooms rooms, LiveStores stores, Admission admission, LivePresence presence, Supplier<Epoch> epoch) {
        this.rooms = rooms;
        this.stores = stores;
        this.admission = admission;
        this.presence = presence;
        this.epoch = epoch;
    }

    /** Completes on the session's lane. */
    CompletionStage<Result<LiveChat.Entry>> enter(LiveSession session, LiveChat.Resume resume, ReplayBudget budget) {
        Arrival arrival = new Arrival(session, resume, budget, epoch.get());
        admission.goOn(() -> attach(arrival)).whenComplete((refusal, fault) -> {
            if (fault != null) {
                arrival.refuse(Refusal.of(Refusal.Code.UNAVAILABLE));
            } else {
                refusal.ifPresent(arrival::refuse);
            }
        });
        return arrival.answer;
    }

    void leave(LiveSession session, RoomId roomId) {
        RoomFeed feed = rooms.get(roomId);
        if (feed != null) {
            feed.detach(session);
        }
        if (session.left(roomId)) {
            presence.left(session, roomId);
        }
    }

    /** Takes a session that has ended out of all rooms; when it counts as gone from them is for presence to say. */
    void leaveAll(LiveSession session) {
        for (RoomId roomId : session.rooms()) {
            RoomFeed feed = rooms.get(roomId);
            if (feed != null) {
                feed.detach(session);
            }
        }
    }

    private Optional<Refusal> attach(Arrival arrival) {
        RoomId roomId = arrival.resume.roomId();
        RoomFeed feed = rooms.acquire(roomId);
        long before = -1;
        try {
            while (true) {
                RoomStanding standing = stores.rooms()
                        .standing(roomId, List.of(arrival.session.userId()))
                        .orElse(null);
                if (standing == null) {
                    return Optional.of(Refusal.of(Refusal.Code.ROOM_NOT_FOUND));
                }
                if (!standing.members().contains(arrival.session.userId())) {
                    return Optional.of(Refusal.of(
                            standing.visibility() == Visibility.PRIVATE
                                    ? Refusal.Code.ROOM_NOT_FOUND
                                    : Refusal.Code.NOT_A_MEMBER));
                }
                arrival.purged = standing.purgedSeq().value();
                if (feed.attach(arrival.session, standing, begin -> arrival.plan(feed, begin))
                        .isPresent()) {
                    entered(arrival.session, feed);
                    return Optional.empty();
                }
                if (standing.memberVersion() == before) {
                    // The room has seen a version that the store does not have, because it was restored from a copy:
                    // until its new epoch is known here, nobody can be let in.
                    return Optional.of(Refusal.of(Refusal.Code.UNAVAILABLE));
                }
                before = standing.memberVersion();
            }
        } finally {
            rooms.release(roomId);
        }
    }

    private void entered(LiveSession session, RoomFeed feed) {
        // The feed's own, which all who are in the room share.
        RoomId roomId = feed.roomId();
        boolean isNew = session.entered(roomId);
        if (session.isClosed()) {
            feed.detach(session);
        } else if (isNew) {
            presence.entered(session, roomId);
        }
    }

    /** One request to enter a room, until it is answered. */
    private final class Arrival {

        private final LiveSession session;
        private final LiveChat.Resume resume;
        private final ReplayBudget budget;
        private final Epoch epoch;
        /** Up to where everything was deleted for good; set before it is planned. */
        private long purged;

        private final CompletableFuture<Result<LiveChat.Entry>> answer = new CompletableFuture<>();

        Arrival(LiveSession session, LiveChat.Resume resume, ReplayBudget budget, Epoch epoch) {
            this.session = session;
            this.resume = resume;
            this.budget = budget;
            this.epoch = epoch;
        }

        void refuse(Refusal refusal) {
            session.lane().post(() -> answer.complete(Result.refused(refusal)));
        }

        /**
         * Decides how to begin, under the room's lock.
         *
         * @param begin where the room stands: live events follow this place
         */
        Beginning plan(RoomFeed feed, long begin) {
            Sequence lastSeq = resume.lastSeq();
            if (lastSeq == null) {
                return atOnce(begin, false, null, false);
            }
            long last = lastSeq.value();
            boolean otherLife = resume.epoch() != null && !resume.epoch().equals(epoch);
            if (otherLife || last > begin) {
                return atOnce(begin, false, null, true);
            }
            long missed = begin - last;
            if (missed == 0) {
                return atOnce(last, true, null, false);
            }
            boolean isPurged = last < purged;
            if (isPurged || !budget.take(missed)) {
                return atOnce(begin, false, new LiveChat.Gap(lastSeq.next(), new Sequence(begin), isPurged), false);
            }
            return new Beginning(last, false, subscriber -> replay(feed, subscriber));
        }

        private Beginning atOnce(long seen, boolean recovered, LiveChat.@Nullable Gap gap, boolean reset) {
            return new Beginning(seen, true, subscriber -> complete(seen, recovered, gap, reset));
        }

        private void complete(long seq, boolean recovered, LiveChat.@Nullable Gap gap, boolean reset) {
            answer(Result.ok(new LiveChat.Entry(resume.roomId(), new Sequence(seq), epoch, recovered, gap, reset)));
        }

        /** A session that is told nothing any more must not hear either that it was told all, or that it is out. */
        private void answer(Result<LiveChat.Entry> result) {
            answer.complete(session.isClosed() ? Result.refused(Refusal.Code.UNAVAILABLE) : result);
        }

        /** On the lane: replays what is missing piece by piece, and goes live when nothing is. */
        private void replay(RoomFeed feed, Subscriber subscriber) {
            if (subscriber.goLive()) {
                complete(subscriber.seen(), true, null, false);
                subscriber.tellWaiting();
                return;
            }
            if (subscriber.isGone()) {
                tellOwn(new Sequence(subscriber.seen()));
                return;
            }
            Sequence after = new Sequence(subscriber.seen());
            List<ChatEvent.Timeline> remembered = feed.recent(after, CHUNK);
            if (!remembered.isEmpty()) {
                replay(feed, subscriber, remembered);
                return;
            }
            admission
                    .goOn(() -> feed.read(after, CHUNK))
                    .whenComplete((events, fault) -> session.lane().post(() -> {
                        // What was purged meanwhile is a gap, and told as one when the client asks again.
                        if (fault != null
                                || events.isEmpty()
                                || !events.getFirst().seq().equals(after.next())) {
                            giveUp();
                        } else {
                            replay(feed, subscriber, events);
                        }
                    }));
        }

        private void replay(RoomFeed feed, Subscriber subscriber, List<ChatEvent.Timeline> events) {
            events.forEach(subscriber::replay);
            session.whenWritable().thenRun(() -> session.lane().post(() -> replay(feed, subscriber)));
        }

        /** Who was put out in the middle is told no more of the room, but of what he or she did there (G6). */
        private void tellOwn(Sequence after) {
            admission
                    .goOn(() ->
                            stores.log().events(resume.roomId(), after, PAGE).items())
                    .whenComplete((events, fault) -> session.lane().post(() -> {
                        if (fault == null) {
                            events.stream()
                                    .filter(event -> session.userId().equals(event.actor()))
                                    .forEach(session::tell);
                        }
                        answer(Result.refused(Refusal.Code.NOT_A_MEMBER));
                    }));
        }

        /** What was told stays told; the client resumes from there. */
        private void giveUp() {
            leave(session, resume.roomId());
            answer.complete(Result.refused(Refusal.Code.UNAVAILABLE));
        }
    }
}
