package dev.confab.chat.inmemory;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.CommandBacklog;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.CommandTrail;
import dev.confab.chat.port.out.DeadLetter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The logs that the nodes of one process share. Each {@link #connect()} is one more node; workers of all nodes share
 * the command log's partitions among them, listeners of all nodes hear every publication.
 *
 * <p>Everything is held in memory and is gone with the process. A partition holds at most
 * {@value InMemoryPartition#BACKLOG} commands that nobody has worked on yet, then submissions are
 * {@code UNAVAILABLE}; of those that were worked on it keeps the last {@value InMemoryPartition#KEPT}. Publications
 * are kept until each listener has heard them, notifications until they were delivered; where nobody ever watched or
 * delivered, nothing waits for it. Dead letters are kept.
 *
 * <p>Safe on any thread. Needs no closing: close its nodes.
 */
public final class InMemoryBroker {

    /** The number of partitions unless told otherwise. */
    public static final int DEFAULT_PARTITIONS = 6;

    private final List<InMemoryPartition> partitions;
    private final InMemoryPublicationLog publications = new InMemoryPublicationLog();
    private final InMemoryQueue<Publication> dueMessages = new InMemoryQueue<>("due-messages");
    private final InMemoryQueue<Notification> notifications = new InMemoryQueue<>("notifications");
    private final InMemoryDeadLetters deadLetters;
    private final CommandBacklog backlog;
    private final List<InMemoryWorker> workers = new ArrayList<>();

    /** A broker with {@value #DEFAULT_PARTITIONS} partitions. */
    public InMemoryBroker() {
        this(DEFAULT_PARTITIONS);
    }

    /**
     * @param partitions how many commands can be worked on at the same time, 1 or greater
     */
    public InMemoryBroker(int partitions) {
        this(partitions, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    /**
     * @param partitions how many commands can be worked on at the same time, 1 or greater
     * @param clock dates dead letters, and says how long commands wait
     */
    public InMemoryBroker(int partitions, Clock clock) {
        if (partitions < 1) {
            throw new IllegalArgumentException("A broker has 1 partition or more, not " + partitions);
        }
        deadLetters = new InMemoryDeadLetters(clock);
        // Another broker is another log: a store must not take its positions for those of this one.
        String log = "commands-" + UUID.randomUUID();
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(number -> new InMemoryPartition(new CommandPartition(log, number)))
                .toList();
        backlog = new InMemoryCommandBacklog(this.partitions, clock);
    }

    /** Another node. Closing it ends its own subscriptions only. */
    public InMemoryEventBus connect() {
        return new InMemoryEventBus(this);
    }

    /** What was parked, oldest first. */
    public List<DeadLetter> deadLetters() {
        return deadLetters.all();
    }

    InMemoryPartition partitionOf(RoomId roomId) {
        return partitions.get(Math.floorMod(roomId.hashCode(), partitions.size()));
    }

    List<InMemoryPartition> partitions() {
        return partitions;
    }

    InMemoryPublicationLog publications() {
        return publications;
    }

    void publish(List<Publication> list) {
        publications.append(list);
        dueMessages.append(list.stream()
                .filter(publication -> publication.event() instanceof ChatEvent.Timeline)
                .toList());
    }

    /** Publications for those who look at them later. */
    InMemoryQueue<Publication> dueMessages() {
        return dueMessages;
    }

    InMemoryQueue<Notification> notifications() {
        return notifications;
    }

    /** Parks a record of the command log. */
    void park(DeadLetter letter) {
        deadLetters.add(letter, () -> putBack(letter));
    }

    /** Parks a notification. */
    void park(DeadLetter letter, Notification notification) {
        deadLetters.add(letter, () -> {
            notifications.append(List.of(notification));
            return OptionalLong.of(0);
        });
    }

    private OptionalLong putBack(DeadLetter letter) {
        Command command = letter.command();
        return partitions.stream()
                .filter(partition -> partition.name().equals(letter.partition()))
                .findFirst()
                .map(partition -> partition.append(offset -> command != null
                        ? new CommandBatch.Logged(offset, command, true)
                        : new CommandBatch.Unreadable(offset, letter.at(offset))))
                .orElse(OptionalLong.empty());
    }

    CommandTrail trail() {
        return new InMemoryCommandTrail(partitions);
    }

    CommandBacklog backlog() {
        return backlog;
    }

    InMemoryDeadLetters letters() {
        return deadLetters;
    }

    void join(InMemoryWorker worker) {
        synchronized (workers) {
            workers.add(worker);
            share();
        }
    }

    void leave(InMemoryWorker worker) {
        synchronized (workers) {
            workers.remove(worker);
            share();
        }
    }

    /** Partitions whose worker may keep them stay where they are, up to each worker's fair share. */
    private void share() {
        int most = workers.isEmpty() ? 0 : Math.ceilDiv(partitions.size(), workers.size());
        int[] held = new int[workers.size()];
        List<InMemoryPartition> free = new ArrayList<>();
        for (InMemoryPartition partition : partitions) {
            int index = workers.indexOf(partition.assignee());
            if (index >= 0 && held[index] < most) {
                held[index]++;
            } else {
                free.add(partition);
            }
        }
        for (InMemoryPartition partition : free) {
            int least = leastOf(held);
            if (least < 0) {
                partition.assignTo(null);
            } else {
                partition.assignTo(workers.get(least));
                held[least]++;
            }
        }
    }

    private static int leastOf(int[] held) {
        int least = -1;
        for (int i = 0; i < held.length; i++) {
            if (least < 0 || held[i] < held[least]) {
                least = i;
            }
        }
        return least;
    }
}
