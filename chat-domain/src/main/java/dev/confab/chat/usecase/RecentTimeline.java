package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest events of one room without a hole, up to where its feed is, so that those who come back after a short
 * absence are told what they missed without asking the store. Events tell of messages as they now are, as the store
 * does: what a later change says of a message is put into what is remembered of it. Safe on any thread; does not block.
 */
final class RecentTimeline {

    /** What one room remembers at most. */
    static final int MOST = 200;

    private static final long WEIGHT_OF_AN_EVENT = 400;

    private final RecentMemory memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Remembered> events = new ArrayDeque<>();
    private long end;
    private long changes;
    private boolean closed;

    private record Remembered(ChatEvent.Timeline event, long weight, long since) {
        long seq() {
            return event.seq().value();
        }
    }

    RecentTimeline(RecentMemory memory) {
        this.memory = memory;
    }

    /** Where the feed begins. */
    void begin(long cursor) {
        lock.lock();
        try {
            forget();
            end = cursor;
        } finally {
            lock.unlock();
        }
    }

    /** The next event was delivered. */
    void add(ChatEvent.Timeline event) {
        lock.lock();
        try {
            if (event.seq().value() != end + 1) {
                forget();
            }
            end = event.seq().value();
            if (!(event instanceof ChatEvent.MessagePosted)) {
                changes++;
                putInto(event.message());
            }
            if (closed) {
                return;
            }
            if (events.size() == MOST) {
                dropFirst();
            }
            long weight = weight(event);
            boolean room = memory.take(weight);
            while (!room && !events.isEmpty()) {
                dropFirst();
                room = memory.take(weight);
            }
            if (room) {
                events.addLast(new Remembered(event, weight, memory.now()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many changes of earlier messages were delivered: what was read from the store before the last is stale. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** The events that follow a place; empty when the first of them is not remembered. */
    List<ChatEvent.Timeline> after(Sequence after, int limit) {
        lock.lock();
        try {
            if (events.isEmpty() || events.getFirst().seq() > after.value() + 1) {
                return List.of();
            }
            List<ChatEvent.Timeline> following = new ArrayList<>();
            for (Remembered each : events) {
                if (each.seq() > after.value() && following.size() < limit) {
                    following.add(each.event());
                }
            }
            return following;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Remembers what was read from the store as well, if it goes up to what is remembered already.
     *
     * @param read without a hole, ascending
     * @param changesBefore what {@link #changes} said before it was read
     */
    void remember(List<ChatEvent.Timeline> read, long changesBefore) {
        lock.lock();
        try {
            long first = events.isEmpty() ? end + 1 : events.getFirst().seq();
            boolean reaches = !read.isEmpty() && read.getLast().seq().value() >= first - 1;
            if (closed || changes != changesBefore || !reaches) {
                return;
            }
            for (ChatEvent.Timeline event : read.reversed()) {
                if (event.seq().value() >= first) {
                    continue;
                }
                long weight = weight(event);
                if (event.seq().value() != first - 1 || events.size() == MOST || !memory.take(weight)) {
                    return;
                }
                events.addFirst(new Remembered(event, weight, memory.now()));
                first--;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is old. */
    void clean() {
        lock.lock();
        try {
            while (!events.isEmpty() && memory.isOld(events.getFirst().since())) {
                dropFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Remembers nothing any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void putInto(Message now) {
        if (events.stream().noneMatch(each -> each.event().message().id().equals(now.id()))) {
            return;
        }
        List<Remembered> before = List.copyOf(events);
        forget();
        for (Remembered each : before) {
            ChatEvent.Timeline event =
                    each.event().message().id().equals(now.id()) ? withMessage(each.event(), now) : each.event();
            long weight = weight(event);
            if (memory.take(weight)) {
                events.addLast(new Remembered(event, weight, each.since()));
            } else {
                forget();
            }
        }
    }

    private static ChatEvent.Timeline withMessage(ChatEvent.Timeline event, Message now) {
        return switch (event) {
            case ChatEvent.MessagePosted posted -> new ChatEvent.MessagePosted(now);
            case ChatEvent.MessageEdited edited ->
                new ChatEvent.MessageEdited(now, edited.changeSeq(), edited.changedBy());
            case ChatEvent.MessageDeleted deleted ->
                new ChatEvent.MessageDeleted(now, deleted.changeSeq(), deleted.changedBy());
        };
    }

    private static long weight(ChatEvent.Timeline event) {
        String content = event.message().content();
        return WEIGHT_OF_AN_EVENT + (content == null ? 0 : content.length());
    }

    private void dropFirst() {
        memory.giveBack(events.removeFirst().weight());
    }

    private void forget() {
        while (!events.isEmpty()) {
            dropFirst();
        }
    }
}
