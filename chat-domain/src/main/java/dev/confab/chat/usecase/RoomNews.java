package dev.confab.chat.usecase;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import java.time.Duration;
import java.util.LinkedHashSet;

/**
 * Tells the sessions of this server what happened to rooms and to people's places in them, each change once. Called by
 * the bus's thread; does not block.
 */
final class RoomNews {

    /** Changes that are remembered; a relay that starts over repeats far fewer. */
    private static final int REMEMBERED = 20_000;

    private static final Duration RETRY = Duration.ofMillis(500);
    /** How many rooms are read at a time. */
    private static final int AT_ONCE = 8;

    private final LiveStores stores;
    private final LiveRooms rooms;
    private final LiveSessions sessions;
    private final SendingRights rights;
    private final Background background;
    private final SerialTasks tasks;
    /** In the order in which they were heard. */
    private final LinkedHashSet<ChangeId> heard = new LinkedHashSet<>();

    RoomNews(LiveStores stores, LiveRooms rooms, LiveSessions sessions, SendingRights rights, Background background) {
        this.stores = stores;
        this.rooms = rooms;
        this.sessions = sessions;
        this.rights = rights;
        this.background = background;
        this.tasks = new SerialTasks(background, AT_ONCE);
    }

    void tell(ChatEvent.RoomChanged event) {
        if (!isNews(event.id())) {
            return;
        }
        rights.forget(event.roomId());
        RoomFeed feed = rooms.get(event.roomId());
        switch (event.change()) {
            case RoomChange.OfMember ofMember -> {
                if (feed == null) {
                    sessions.ofUser(ofMember.userId())
                            .forEach(session -> session.lane().post(() -> session.tell(event)));
                } else {
                    feed.placeChanged(event, ofMember);
                }
            }
            case RoomChange.RoomUpdated updated -> show(updated.roomId(), false);
            case RoomChange.RoomClosed closed -> {
                if (feed != null) {
                    feed.membershipChanged(closed.memberVersion());
                }
                show(closed.roomId(), true);
            }
        }
    }

    private boolean isNews(ChangeId id) {
        boolean news = heard.add(id);
        if (heard.size() > REMEMBERED) {
            heard.removeFirst();
        }
        return news;
    }

    /** One at a time for each room, so that what is told later was read later. */
    private void show(RoomId roomId, boolean closed) {
        if (!rooms.has(roomId)) {
            return;
        }
        tasks.run(roomId, () -> {
            try {
                stores.rooms().find(roomId).ifPresent(room -> {
                    RoomFeed feed = rooms.get(roomId);
                    if (feed != null) {
                        feed.lasting(new ChatEvent.RoomShown(room, closed));
                    }
                });
            } catch (RuntimeException away) {
                background.retry(RETRY, () -> show(roomId, closed));
            }
        });
    }
}
