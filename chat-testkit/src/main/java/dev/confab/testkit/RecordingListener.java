package dev.confab.testkit;

import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.EventBus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A listener that keeps what it hears, in order. Safe on any thread. */
class RecordingListener implements EventBus.PublicationListener {

    private final List<Publication> heard = new CopyOnWriteArrayList<>();
    private final BiPredicate<RoomId, @Nullable UserId> wanted;

    /** Hears everything. */
    RecordingListener() {
        this((room, user) -> true);
    }

    RecordingListener(BiPredicate<RoomId, @Nullable UserId> wanted) {
        this.wanted = wanted;
    }

    List<Publication> heard() {
        return heard;
    }

    @Override
    public boolean wants(RoomId room, @Nullable UserId user) {
        return wanted.test(room, user);
    }

    @Override
    public void onPublications(List<Publication> publications) {
        heard.addAll(publications);
    }
}
