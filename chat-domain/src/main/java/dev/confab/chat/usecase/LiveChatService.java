package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Revocations;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears what is published and signalled, and tells the sessions of this server. */
final class LiveChatService implements LiveChat, EventBus.PublicationListener {

    private final LiveStores stores;
    private final LiveRooms rooms;
    private final LiveSessions sessions;
    private final LivePresence presence;
    private final Revocations revocations;
    private final RoomEntrance entrance;
    private final OutcomeWaiters waiters;
    private final SendingRights rights;
    private final Background background;
    private final DeliveryMemory deliveries;
    private final Consumer<Signal> signals;
    private final Coalescing coalescing;
    private final RoomNews news;
    private volatile Epoch epoch;

    LiveChatService(
            LiveStores stores,
            LiveRooms rooms,
            LiveSessions sessions,
            LivePresence presence,
            Revocations revocations,
            OutcomeWaiters waiters,
            SendingRights rights,
            Background background,
            DeliveryMemory deliveries,
            Consumer<Signal> signals,
            Admission admission) {
        this.stores = stores;
        this.rooms = rooms;
        this.sessions = sessions;
        this.presence = presence;
        this.revocations = revocations;
        this.waiters = waiters;
        this.rights = rights;
        this.background = background;
        this.deliveries = deliveries;
        this.signals = signals;
        this.coalescing = new Coalescing(background, this::tellRoomOfUser);
        this.news = new RoomNews(stores, rooms, sessions, rights, background);
        this.epoch = stores.log().epoch();
        this.entrance = new RoomEntrance(rooms, stores, admission, presence, this::epoch);
    }

    @Override
    public Epoch epoch() {
        return epoch;
    }

    @Override
    public Session open(
            Principal principal, String userName, ConnectionId connectionId, Executor lane, Listener listener) {
        LiveSession session = new LiveSession(
                principal, userName, connectionId, sessions.lane(lane), listener, entrance, presence, sessions);
        sessions.add(session);
        presence.connected(session);
        if (revocations.isRevoked(principal.sessionId())) {
            session.end(End.LOGGED_OUT);
        }
        return session;
    }

    Collection<LiveSession> sessions() {
        return sessions.all();
    }

    @Override
    public boolean wants(RoomId room, @Nullable UserId user) {
        return rooms.has(room) || (user != null && (sessions.has(user) || waiters.concerns(user)));
    }

    @Override
    public void onPublications(List<Publication> publications) {
        // What came together is told together.
        List<Lane> lanes = sessions.lanes();
        lanes.forEach(Lane::hold);
        try {
            publications.forEach(this::onPublication);
        } finally {
            lanes.forEach(Lane::release);
        }
    }

    private void onPublication(Publication publication) {
        switch (publication.event()) {
            case ChatEvent.MessagePosted posted -> {
                UserId sender = posted.message().senderId();
                if (sender != null) {
                    waiters.complete(
                            posted.roomId(),
                            sender,
                            posted.message().clientMessageId(),
                            new Outcome.Persisted(posted.message()));
                }
                onTimeline(publication, posted);
            }
            case ChatEvent.MessageEdited edited -> onTimeline(publication, edited);
            case ChatEvent.MessageDeleted deleted -> onTimeline(publication, deleted);
            case ChatEvent.CommandRejected rejected -> onRejected(rejected);
            case ChatEvent.ReadMarked marked -> coalescing.offer(marked, marked.userId());
            case ChatEvent.RoomChanged changed -> {
                if (isOfThisLife(publication)) {
                    news.tell(changed);
                }
            }
            case ChatEvent.RoomShown shown -> tellRoom(shown, null, null);
            case ChatEvent.Ephemeral passing -> onPassing(passing);
        }
    }

    /** If not it is left out: if the store was restored every session starts over, and if not the record is an old one. */
    private boolean isOfThisLife(Publication publication) {
        boolean ofThisLife = publication.epoch().equals(epoch);
        if (!ofThisLife) {
            checkEpoch();
        }
        return ofThisLife;
    }

    private void onTimeline(Publication publication, ChatEvent.Timeline event) {
        if (!isOfThisLife(publication)) {
            return;
        }
        RoomFeed feed = rooms.get(event.roomId());
        // A room in which nobody is may be forgotten at this moment: then it is one that is not known.
        boolean told = feed != null && feed.accept(publication, event);
        if (!told && event.actor() != null && sessions.has(event.actor())) {
            RoomFeed fresh = rooms.acquire(event.roomId());
            try {
                fresh.beginBefore(event.seq(), publication.memberVersion());
                // Closed in spite of being held it is only when the store was restored, and then every session ends.
                boolean unused = fresh.accept(publication, event);
            } finally {
                rooms.release(event.roomId());
            }
        }
    }

    /** A message that was stored before was sent again: its sender's sessions are told of it, in the room or not (G6). */
    void tellAgain(ChatEvent.MessagePosted posted) {
        UserId sender = posted.actor();
        RoomFeed feed = rooms.get(posted.roomId());
        if (feed != null) {
            feed.tellAgain(posted);
        } else if (sender != null) {
            sessions.ofUser(sender).forEach(session -> session.lane().post(() -> session.tell(posted)));
        }
    }

    private void onRejected(ChatEvent.CommandRejected rejected) {
        waiters.complete(
                rejected.roomId(), rejected.senderId(), rejected.commandId(), new Outcome.Rejected(rejected.reason()));
        rights.forget(rejected.roomId());
        for (LiveSession session : sessions.ofUser(rejected.senderId())) {
            session.lane().post(() -> session.tell(rejected));
        }
    }

    /** Something was signalled by some server, this one included. */
    void onSignal(Signal signal) {
        switch (signal) {
            case Signal.InRoom inRoom -> onPassing(inRoom.event());
            case Signal.SurplusConnection surplus ->
                sessions.ofUser(surplus.userId()).stream()
                        .filter(session -> session.connectionId().equals(surplus.connectionId()))
                        .forEach(session -> session.end(End.TOO_MANY_SESSIONS));
            case Signal.DeliveryAsked asked ->
                signals.accept(new Signal.DeliveryTold(
                        asked.inquiryId(), deliveries.recall(asked.roomId(), asked.seq(), asked.storedAt())));
            case Signal.DeliveryTold told -> {
                // An operator's tool waits for it, and no gateway.
            }
            case Signal.MembershipChanged changed -> {
                rights.forget(changed.roomId());
                RoomFeed feed = rooms.get(changed.roomId());
                if (feed != null) {
                    feed.membershipChanged(changed.memberVersion());
                }
            }
        }
    }

    private void onPassing(ChatEvent.Ephemeral event) {
        switch (event) {
            case ChatEvent.Typing typing -> tellRoom(typing, null, typing.origin());
            case ChatEvent.UserJoined joined -> tellRoom(joined, joined.userId(), null);
            case ChatEvent.UserLeft left -> tellRoom(left, left.userId(), null);
            case ChatEvent.PresenceChanged changed -> coalescing.offer(changed, changed.userId());
        }
    }

    private void tellRoomOfUser(ChatEvent event) {
        tellRoom(event, event instanceof ChatEvent.PresenceChanged changed ? changed.userId() : null, null);
    }

    private void tellRoom(ChatEvent event, @Nullable UserId exceptUser, @Nullable ConnectionId exceptConnection) {
        RoomFeed feed = rooms.get(event.roomId());
        if (feed != null) {
            feed.passing(event, exceptUser, exceptConnection);
        }
    }

    /** A login was ended somewhere. */
    void onRevoked(SessionId login) {
        sessions.ofLogin(login).forEach(session -> session.end(End.LOGGED_OUT));
    }

    /** Looks whether the store lives another life by now; if so every session starts over (G7). */
    void checkEpoch() {
        background.attempt(() -> {
            Epoch now = stores.log().epoch();
            if (!now.equals(epoch)) {
                // Before anything of the new life can be told: ending all of them takes its time.
                sessions.all().forEach(LiveSession::silence);
                epoch = now;
                rooms.clear();
                sessions.all().forEach(session -> session.end(End.STORE_RESET));
            }
        });
    }

    /** Forgets what nobody needs any more. To be called now and then. */
    void clean() {
        rooms.clean();
        rights.clean();
        checkEpoch();
    }
}
