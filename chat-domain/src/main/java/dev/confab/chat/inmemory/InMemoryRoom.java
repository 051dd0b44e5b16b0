package dev.confab.chat.inmemory;

import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.RoomStore.NewRoom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One room: its members, its messages and their changes. Touched only inside {@link InMemoryDatabase#transaction}. */
final class InMemoryRoom {

    /** By the time they joined, then by id. */
    static final Comparator<InMemoryMember> BY_SENIORITY =
            Comparator.comparing(InMemoryMember::joinedAt).thenComparing(InMemoryMember::userId);

    /**
     * A message and its place among people's messages.
     *
     * @param ord how many messages of people the room had seen with this one
     */
    record Stored(Message message, long ord) {}

    /** A change of a message and its place in the room's order. */
    record Changed(Sequence seq, MessageId messageId, MessageChange change, UserId changedBy) {}

    private final NewRoom origin;
    private final Map<UserId, InMemoryMember> members = new HashMap<>();
    /** Ascending by seq, and so by id. */
    private final List<Stored> messages = new ArrayList<>();

    /** Ascending by place. */
    private final List<Changed> changes = new ArrayList<>();
    /** Where, among people's messages, those are that were deleted. */
    private final NavigableSet<Long> deletedOrds = new TreeSet<>();

    private Sequence lastSeq = Sequence.NONE;
    private RoomStatus status = RoomStatus.OPEN;
    private long memberVersion = 1;

    InMemoryRoom(NewRoom origin) {
        this.origin = origin;
    }

    RoomId id() {
        return origin.id();
    }

    Visibility visibility() {
        return origin.visibility();
    }

    RoomStatus status() {
        return status;
    }

    long memberVersion() {
        return memberVersion;
    }

    List<Stored> messages() {
        return messages;
    }

    Optional<Message> lastMessage() {
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.getLast().message());
    }

    @Nullable
    MessageId lastMessageId() {
        return lastMessage().map(Message::id).orElse(null);
    }

    Sequence lastSeq() {
        return lastSeq;
    }

    long ord() {
        return messages.isEmpty() ? 0 : messages.getLast().ord();
    }

    /** The newest message's time, else the room's own. */
    Instant lastActivity() {
        return lastMessage().map(Message::createdAt).orElse(origin.createdAt());
    }

    void append(Message message, long ord) {
        messages.add(new Stored(message, ord));
        lastSeq = message.seq();
    }

    /** Puts a changed message in the place of what it was. */
    void change(Message message, Changed change) {
        int index = firstFrom(message.id());
        long ord = messages.get(index).ord();
        messages.set(index, new Stored(message, ord));
        changes.add(change);
        lastSeq = change.seq();
        if (change.change() == MessageChange.DELETE && message.type() != MessageType.SYSTEM) {
            deletedOrds.add(ord);
        }
    }

    List<Changed> changes() {
        return changes;
    }

    Map<UserId, InMemoryMember> members() {
        return members;
    }

    @Nullable
    InMemoryMember member(UserId userId) {
        return members.get(userId);
    }

    boolean isFull() {
        return origin.capacity() != null && members.size() >= origin.capacity();
    }

    /** Adds somebody whose marker stands at the head. */
    InMemoryMember add(UserId userId, Role role, Instant joinedAt) {
        InMemoryMember member = new InMemoryMember(userId, role, joinedAt, lastMessageId(), lastSeq(), ord(), null);
        members.put(userId, member);
        return member;
    }

    /**
     * Takes somebody out, hands the room on if it was the owner's, and closes it behind the last one. Returns to whom
     * it was handed on.
     */
    @Nullable
    UserId remove(InMemoryMember leaving) {
        members.remove(leaving.userId());
        memberVersion++;
        if (members.isEmpty()) {
            status = RoomStatus.CLOSED;
            return null;
        }
        if (leaving.role() != Role.OWNER) {
            return null;
        }
        InMemoryMember heir = Collections.min(
                members.values(),
                Comparator.comparing(InMemoryMember::role).reversed().thenComparing(BY_SENIORITY));
        members.put(heir.userId(), heir.withRole(Role.OWNER));
        return heir.userId();
    }

    long raiseMemberVersion() {
        return ++memberVersion;
    }

    /** Moves somebody's marker to a message unless it is there or beyond. */
    boolean read(InMemoryMember member, Stored upTo, Instant at) {
        if (!upTo.message().seq().isAfter(member.readSeq())) {
            return false;
        }
        members.put(member.userId(), member.reading(upTo, at));
        return true;
    }

    long unread(InMemoryMember member) {
        return ord()
                - member.readOrd()
                - deletedOrds.tailSet(member.readOrd(), false).size();
    }

    @Nullable
    Stored find(MessageId id) {
        int index = firstFrom(id);
        return index < messages.size() && messages.get(index).message().id().equals(id) ? messages.get(index) : null;
    }

    /** The index of the first message whose id is {@code id} or greater. */
    int firstFrom(MessageId id) {
        int low = 0;
        int high = messages.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (messages.get(middle).message().id().compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The index of the first message after {@code seq}. */
    int firstAfter(Sequence seq) {
        int low = 0;
        int high = messages.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (messages.get(middle).message().seq().isAfter(seq)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The index of the first change after {@code seq}. */
    int firstChangeAfter(Sequence seq) {
        int low = 0;
        int high = changes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes.get(middle).seq().isAfter(seq)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    Room view() {
        return new Room(
                origin.id(),
                origin.name(),
                RoomType.GROUP,
                origin.visibility(),
                status,
                null,
                origin.capacity(),
                origin.metadata(),
                origin.createdBy(),
                origin.createdAt(),
                members.size(),
                lastSeq(),
                lastMessageId(),
                lastMessage().map(Message::createdAt).orElse(null),
                memberVersion);
    }

    InMemoryRoom copy() {
        InMemoryRoom copy = new InMemoryRoom(origin);
        copy.members.putAll(members);
        copy.messages.addAll(messages);
        copy.changes.addAll(changes);
        copy.deletedOrds.addAll(deletedOrds);
        copy.lastSeq = lastSeq;
        copy.status = status;
        copy.memberVersion = memberVersion;
        return copy;
    }
}
