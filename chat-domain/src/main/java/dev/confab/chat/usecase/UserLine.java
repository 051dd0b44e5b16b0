package dev.confab.chat.usecase;

import dev.confab.chat.model.Notification;
import dev.confab.chat.model.NotificationSettings;
import dev.confab.chat.port.out.NotificationBus.Undelivered;
import dev.confab.chat.port.out.Notifier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one user, handed over one after the other. The first is tried again and again until it is taken
 * or given up. Once one was given up because nobody took it, those behind it are tried once each.
 *
 * <p>One step runs at a time, on threads for blocking calls; between attempts none is held.
 */
final class UserLine {

    private final Notifier notifier;
    private final NotificationSettings settings;
    private final Background background;
    private final RandomGenerator random;
    private final BooleanSupplier stopped;
    private final Deque<Notification> waiting = new ArrayDeque<>();
    private final List<Undelivered> givenUp = new ArrayList<>();
    private final CompletableFuture<List<Undelivered>> end = new CompletableFuture<>();
    private int attempts;
    private boolean outOfReach;
    private volatile boolean left;

    UserLine(
            Notifier notifier,
            NotificationSettings settings,
            Background background,
            RandomGenerator random,
            BooleanSupplier stopped) {
        this.notifier = notifier;
        this.settings = settings;
        this.background = background;
        this.random = random;
        this.stopped = stopped;
    }

    void add(Notification notification) {
        waiting.add(notification);
    }

    /** The stage completes with those that were given up; exceptionally when there is no thread to be had, or by a bug. */
    CompletableFuture<List<Undelivered>> begin() {
        step();
        return end;
    }

    /** Begins no further attempt. */
    void leave() {
        left = true;
    }

    private void step() {
        background
                .call(() -> {
                    handOver();
                    return true;
                })
                .whenComplete((done, fault) -> {
                    if (fault != null) {
                        end.completeExceptionally(fault);
                    }
                });
    }

    private void handOver() {
        while (!left && !stopped.getAsBoolean()) {
            Notification next = waiting.peek();
            if (next == null) {
                end.complete(List.copyOf(givenUp));
                return;
            }
            attempts++;
            switch (send(next)) {
                case Notifier.Handover.Taken taken -> proceed(null);
                case Notifier.Handover.Refused(String reason) -> proceed(reason);
                case Notifier.Handover.NotNow(String reason, Duration pause) -> {
                    if (!outOfReach && attempts < settings.attempts()) {
                        background.retry(pause(pause), this::step);
                        return;
                    }
                    outOfReach = true;
                    proceed(reason + " (attempt " + attempts + ")");
                }
            }
        }
    }

    private Notifier.Handover send(Notification notification) {
        try {
            return notifier.send(notification);
        } catch (RuntimeException bug) {
            // Whatever it is, it must not hold up the others for ever.
            return new Notifier.Handover.NotNow(bug.toString(), null);
        }
    }

    private void proceed(@Nullable String reason) {
        Notification first = waiting.remove();
        attempts = 0;
        if (reason != null) {
            givenUp.add(new Undelivered(first, reason));
        }
    }

    /** Half of it by chance, so that many who failed together do not come back together. */
    private Duration pause(@Nullable Duration asked) {
        long own = settings.pauseAfter(attempts).toMillis();
        long chosen = own / 2 + random.nextLong(own / 2 + 1);
        long least = asked == null
                ? 0
                : Math.min(asked.toMillis(), settings.longestPause().toMillis());
        return Duration.ofMillis(Math.max(chosen, least));
    }
}
