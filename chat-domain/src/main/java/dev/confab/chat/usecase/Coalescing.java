package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells of what changes often only how it is now: the first value at once, and of those that follow within 500 ms the
 * last one, when that time is over. Each user in each room has a window of his or her own. Safe on any thread; does not
 * block.
 */
final class Coalescing {

    static final Duration WINDOW = Duration.ofMillis(500);

    private final Background background;
    private final Consumer<ChatEvent> tell;
    private final Map<Subject, Optional<ChatEvent>> windows = new ConcurrentHashMap<>();

    private record Subject(Class<? extends ChatEvent> kind, RoomId roomId, UserId userId) {}

    /**
     * @param tell is called in the order of the values, one at a time for each user in each room
     */
    Coalescing(Background background, Consumer<ChatEvent> tell) {
        this.background = background;
        this.tell = tell;
    }

    /** A new value about a user in a room. */
    void offer(ChatEvent event, UserId about) {
        windows.compute(new Subject(event.getClass(), event.roomId(), about), (subject, open) -> {
            if (open != null) {
                return Optional.of(event);
            }
            return begin(subject, event);
        });
    }

    private Optional<ChatEvent> begin(Subject subject, ChatEvent event) {
        tell.accept(event);
        background.retry(
                WINDOW,
                () -> windows.computeIfPresent(
                        subject,
                        (same, waiting) ->
                                waiting.map(last -> begin(subject, last)).orElse(null)));
        return Optional.empty();
    }
}
