package dev.confab.testkit.simulation;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.UserId;
import dev.confab.chat.timeline.CommandKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One room as it was seen to be stored, kept as simply as can be. */
final class StoredRoom {

    private final List<Happened> timeline = new ArrayList<>();
    private final Map<CommandKey, Long> places = new HashMap<>();
    private final Set<MessageId> deleted = new HashSet<>();
    private final Map<UserId, Long> markers = new HashMap<>();
    private final Set<UserId> members = new HashSet<>();
    /** With which version of the membership somebody's place ended last. */
    private final Map<UserId, Long> ended = new HashMap<>();

    private boolean closed;

    /**
     * What has a place in the order.
     *
     * @param what names it: what it is, and of which message
     * @param key of a message; null for changes
     * @param author who is meant by unread counts; null for changes and announcements
     * @param memberVersion of the room when it was stored
     */
    record Happened(
            String what,
            MessageId id,
            @Nullable CommandKey key,
            @Nullable UserId author,
            long memberVersion) {}

    static String name(ChatEvent.Timeline event) {
        String kind = switch (event) {
            case ChatEvent.MessagePosted posted -> "message ";
            case ChatEvent.MessageEdited edited -> "edit of ";
            case ChatEvent.MessageDeleted gone -> "deletion of ";
        };
        return kind + event.message().id();
    }

    static CommandKey key(ChatEvent.MessagePosted posted) {
        UserId sender = posted.message().senderId();
        return new CommandKey(
                sender == null ? UserId.NOBODY : sender, posted.message().clientMessageId());
    }

    void append(ChatEvent.Timeline event, long memberVersion) {
        MessageId id = event.message().id();
        if (event instanceof ChatEvent.MessagePosted posted) {
            CommandKey key = key(posted);
            boolean counted = posted.message().type() != MessageType.SYSTEM;
            UserId author = counted ? posted.message().senderId() : null;
            timeline.add(new Happened(name(event), id, key, author, memberVersion));
            places.put(key, head());
            if (author != null) {
                markers.computeIfPresent(author, (user, marker) -> Math.max(marker, head()));
            }
        } else {
            timeline.add(new Happened(name(event), id, null, null, memberVersion));
            if (event instanceof ChatEvent.MessageDeleted) {
                deleted.add(id);
            }
        }
    }

    long head() {
        return timeline.size();
    }

    Happened at(long seq) {
        return timeline.get((int) seq - 1);
    }

    boolean has(long seq) {
        return seq >= 1 && seq <= timeline.size();
    }

    List<Happened> timeline() {
        return timeline;
    }

    /** Where a command's message is; null when it is not. */
    @Nullable
    Long placeOf(CommandKey key) {
        return places.get(key);
    }

    /** Those whose messages may be changed, marked and answered. */
    List<Happened> messages() {
        return timeline.stream().filter(happened -> happened.key() != null).toList();
    }

    Set<UserId> members() {
        return members;
    }

    boolean isClosed() {
        return closed;
    }

    /** With which version somebody's place ended who has none now; null for who has one or never had. */
    @Nullable
    Long endOf(UserId user) {
        return members.contains(user) ? null : ended.get(user);
    }

    /** With which version somebody's place ended last, a member by now or not; 0 when it never did. */
    long lastEndOf(UserId user) {
        return ended.getOrDefault(user, 0L);
    }

    /** Who is in the room now. */
    void beMembers(Set<UserId> now, boolean nowClosed, long memberVersion) {
        for (UserId user : now) {
            if (members.add(user)) {
                markers.put(user, head());
            }
        }
        for (UserId user : List.copyOf(members)) {
            if (!now.contains(user)) {
                members.remove(user);
                markers.remove(user);
                ended.put(user, memberVersion);
            }
        }
        closed = nowClosed;
    }

    void marked(UserId user, long seq) {
        markers.merge(user, seq, Math::max);
    }

    long unread(UserId user) {
        long marker = markers.getOrDefault(user, 0L);
        long count = 0;
        for (int seq = timeline.size(); seq > marker; seq--) {
            Happened happened = timeline.get(seq - 1);
            UserId author = happened.author();
            if (author != null && !author.equals(user) && !deleted.contains(happened.id())) {
                count++;
            }
        }
        return count;
    }

    StoredRoom copy() {
        StoredRoom copy = new StoredRoom();
        copy.timeline.addAll(timeline);
        copy.places.putAll(places);
        copy.deleted.addAll(deleted);
        copy.markers.putAll(markers);
        copy.members.addAll(members);
        copy.ended.putAll(ended);
        copy.closed = closed;
        return copy;
    }
}
