package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.RelayPorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes what happened to rooms and announces it in their timelines, and only then takes it out of the outbox.
 * Whatever is interrupted in between is done again: who hears of a change twice knows it by its id, and an announcement
 * that was stored is not stored again (G2). It blocks; one turn at a time.
 */
final class RelayRoomChanges {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final CompletableFuture<Boolean> NOT_HELD = CompletableFuture.completedFuture(false);

    private final RelayPorts ports;

    RelayRoomChanges(RelayPorts ports) {
        this.ports = ports;
    }

    /**
     * Relays some changes.
     *
     * @return how many; 0 when nothing is left, or while another process is at it
     * @throws RuntimeException when it must be done again
     */
    int relay(int limit) {
        return ports.outbox().relay(limit, this::tell);
    }

    private void tell(List<Outbox.Entry> entries) {
        Epoch epoch = ports.messageLog().epoch();
        ports.eventBus()
                .publish(entries.stream()
                        .map(entry -> new Publication(
                                epoch,
                                entry.change().memberVersion(),
                                entry.id().traceId(),
                                new ChatEvent.RoomChanged(entry.id(), entry.change())))
                        .toList());
        submit(announcements(entries));
    }

    private List<Command.Announce> announcements(List<Outbox.Entry> entries) {
        Map<RoomId, Boolean> forTwo = new HashMap<>();
        List<Outbox.Entry> announced = entries.stream()
                .filter(entry -> Announcements.isAnnounced(entry.change()))
                .filter(entry -> !Announcements.isLeftOutForTwo(entry.change())
                        || !forTwo.computeIfAbsent(entry.change().roomId(), this::isForTwo))
                .toList();
        Set<UserId> named = new HashSet<>();
        announced.forEach(entry -> named.addAll(Announcements.named(entry.change())));
        Map<UserId, String> names = named.isEmpty() ? Map.of() : ports.users().nicknames(named);
        List<Command.Announce> announcements = new ArrayList<>(announced.size());
        for (Outbox.Entry entry : announced) {
            RoomChange change = entry.change();
            Announcements.text(change, user -> names.getOrDefault(user, "Somebody"))
                    .ifPresent(text -> announcements.add(new Command.Announce(
                            change.roomId(),
                            entry.id().announcement(),
                            text,
                            change.occurredAt(),
                            entry.id().traceId())));
        }
        return announcements;
    }

    private boolean isForTwo(RoomId roomId) {
        return ports.rooms()
                .find(roomId)
                .map(room -> room.type() == RoomType.DIRECT)
                .orElse(false);
    }

    /**
     * Within a room one after another, each when the log holds the one before it: should one not be taken, none that
     * came after it may get ahead of it.
     */
    private void submit(List<Command.Announce> announcements) {
        Map<RoomId, CompletableFuture<Boolean>> ofRoom = new HashMap<>();
        for (Command.Announce announcement : announcements) {
            CompletableFuture<Boolean> before =
                    ofRoom.getOrDefault(announcement.roomId(), CompletableFuture.completedFuture(true));
            ofRoom.put(announcement.roomId(), before.thenCompose(held -> held ? submit(announcement) : NOT_HELD));
        }
        for (CompletableFuture<Boolean> last : ofRoom.values()) {
            if (!isHeld(last)) {
                throw new BusUnavailableException("An announcement was not taken");
            }
        }
    }

    private CompletableFuture<Boolean> submit(Command.Announce announcement) {
        return ports.eventBus()
                .submit(announcement)
                .thenApply(submission -> submission == EventBus.Submission.ACCEPTED)
                .toCompletableFuture();
    }

    private static boolean isHeld(CompletableFuture<Boolean> last) {
        try {
            return last.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BusUnavailableException("It is not known whether an announcement was taken", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("Interrupted while announcements were on their way", e);
        }
    }
}
