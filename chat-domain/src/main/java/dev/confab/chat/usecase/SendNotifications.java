package dev.confab.chat.usecase;

import dev.confab.chat.model.Notification;
import dev.confab.chat.model.NotificationSettings;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.NotificationBus.Undelivered;
import dev.confab.chat.port.out.Notifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/**
 * Hands notifications over: those of a user one after the other, users side by side, so that who cannot be reached holds
 * up others no longer than until he or she is given up.
 */
final class SendNotifications implements NotificationBus.Deliverer {

    private final Notifier notifier;
    private final NotificationSettings settings;
    private final Background background;
    private final RandomGenerator random;
    private final CompletableFuture<List<List<Undelivered>>> stopped = new CompletableFuture<>();

    /** @param random must be safe on any thread */
    SendNotifications(Notifier notifier, NotificationSettings settings, Background background, RandomGenerator random) {
        this.notifier = notifier;
        this.settings = settings;
        this.background = background;
        this.random = random;
    }

    /** Leaves what was not handed over yet to somebody else. */
    void stop() {
        stopped.completeExceptionally(new BusUnavailableException("Notifications are no longer sent here"));
    }

    @Override
    public List<Undelivered> deliver(List<Notification> notifications) {
        Map<UserId, UserLine> lines = new LinkedHashMap<>();
        notifications.forEach(notification -> lines.computeIfAbsent(
                        notification.userId(),
                        user -> new UserLine(notifier, settings, background, random, stopped::isDone))
                .add(notification));
        List<CompletableFuture<List<Undelivered>>> ends =
                lines.values().stream().map(UserLine::begin).toList();
        try {
            CompletableFuture.anyOf(stopped, CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)))
                    .get();
            return undelivered(ends.stream().map(CompletableFuture::join).toList());
        } catch (InterruptedException interrupted) {
            lines.values().forEach(UserLine::leave);
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("Interrupted while notifications were sent", interrupted);
        } catch (ExecutionException failed) {
            lines.values().forEach(UserLine::leave);
            throw new BusUnavailableException("Notifications could not be sent", failed);
        }
    }

    private static List<Undelivered> undelivered(Collection<List<Undelivered>> all) {
        List<Undelivered> undelivered = new ArrayList<>();
        all.forEach(undelivered::addAll);
        return List.copyOf(undelivered);
    }
}
