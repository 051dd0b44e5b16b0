package dev.confab.chat.inmemory;

import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.DirectPair;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageChange;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UnreadFinding;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.RoomStore.NewRoom;
import java.time.Instant;
import java.util.ArrayList;
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
    record Changed(Sequence seq, MessageId messageId, MessageChange change, UserId changedBy, Instant at) {}

    /** As of the last change, but for what follows from the messages. */
    private Room room;

    private final Map<UserId, InMemoryMember> members = new HashMap<>();
    private final Map<UserId, RoomBan> bans = new HashMap<>();
    /** In the order in which it happened. */
    private final List<AuditEntry> audit = new ArrayList<>();

    /** Ascending by seq, and so by id. */
    private final List<Stored> messages = new ArrayList<>();

    /** Ascending by place. */
    private final List<Changed> changes = new ArrayList<>();
    /** Where, among people's messages, those are that were deleted. */
    private final NavigableSet<Long> deletedOrds = new TreeSet<>();

    private Sequence lastSeq = Sequence.NONE;
    private Sequence purgedSeq = Sequence.NONE;

    /** The newest message that is gone: ids, counts and activity go on from there. */
    private @Nullable Stored lastPurged;

    InMemoryRoom(NewRoom origin, int memberCount, @Nullable DirectPair pair) {
        this(new Room(
                origin.id(),
                origin.name(),
                origin.type(),
                origin.visibility(),
                RoomStatus.OPEN,
                origin.bookingId(),
                origin.capacity(),
                origin.metadata(),
                origin.createdBy(),
                origin.createdAt(),
                memberCount,
                Sequence.NONE,
                null,
                null,
                1,
                pair));
    }

    private InMemoryRoom(Room room) {
        this.room = room;
    }

    RoomId id() {
        return room.id();
    }

    Visibility visibility() {
        return room.visibility();
    }

    RoomStatus status() {
        return room.status();
    }

    long memberVersion() {
        return room.memberVersion();
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
        Stored newest = newest();
        return newest == null ? null : newest.message().id();
    }

    Sequence lastSeq() {
        return lastSeq;
    }

    long ord() {
        Stored newest = newest();
        return newest == null ? 0 : newest.ord();
    }

    /** The newest message's time, else the room's own. */
    Instant lastActivity() {
        Stored newest = newest();
        return newest == null ? room.createdAt() : newest.message().createdAt();
    }

    /** What was said last, also when it is gone by now. */
    private @Nullable Stored newest() {
        return messages.isEmpty() ? lastPurged : messages.getLast();
    }

    /** Up to where everything is gone. */
    Sequence purgedSeq() {
        return purgedSeq;
    }

    /** Deletes everything up to a place. Whoever had not read it has nothing unread there any more. */
    List<Message> purge(Sequence upTo) {
        List<Stored> old = messages.subList(0, firstAfter(upTo));
        List<Message> gone = old.stream().map(Stored::message).toList();
        if (!old.isEmpty()) {
            Stored last = old.getLast();
            lastPurged = last;
            deletedOrds.headSet(last.ord(), true).clear();
            members.replaceAll((id, member) -> member.readOrd() < last.ord() ? member.withReadOrd(last.ord()) : member);
        }
        old.clear();
        changes.subList(0, firstChangeAfter(upTo)).clear();
        purgedSeq = upTo;
        return gone;
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

    /** Adds somebody whose marker stands at the head, and who wants to be told of everything. */
    InMemoryMember add(UserId userId, Role role, Instant joinedAt) {
        InMemoryMember member = new InMemoryMember(
                userId, role, joinedAt, lastMessageId(), lastSeq(), ord(), null, NotificationLevel.ALL);
        members.put(userId, member);
        return member;
    }

    Map<UserId, RoomBan> bans() {
        return bans;
    }

    List<AuditEntry> audit() {
        return audit;
    }

    /** To whom an owner who leaves hands the room. */
    Optional<UserId> heirOf(UserId owner) {
        return members.values().stream()
                .filter(member -> !member.userId().equals(owner))
                .min(Comparator.comparing(InMemoryMember::role).reversed().thenComparing(BY_SENIORITY))
                .map(InMemoryMember::userId);
    }

    /** Makes the room what a verdict says. */
    void settle(Room after, List<RoomChange> changes) {
        room = after;
        for (RoomChange change : changes) {
            switch (change) {
                case RoomChange.MemberJoined joined -> add(joined.userId(), joined.role(), joined.occurredAt());
                case RoomChange.MemberLeft left -> members.remove(left.userId());
                case RoomChange.MemberRemoved removed -> members.remove(removed.userId());
                case RoomChange.MemberBanned banned -> members.remove(banned.userId());
                case RoomChange.RoleChanged changed ->
                    members.computeIfPresent(changed.userId(), (id, member) -> member.withRole(changed.role()));
                case RoomChange.RoomUpdated updated -> {
                    // Nobody's place changes.
                }
                case RoomChange.RoomClosed closed -> {
                    // Nobody's place changes.
                }
            }
        }
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

    /** Counts people's messages anew, and puts right what does not agree when asked to. */
    UnreadFinding recount(boolean repair) {
        long wrongMessages = 0;
        long ord = ordBeforeFirst();
        List<Stored> right = new ArrayList<>(messages.size());
        for (Stored stored : messages) {
            ord += stored.message().type() == MessageType.SYSTEM ? 0 : 1;
            wrongMessages += stored.ord() == ord ? 0 : 1;
            right.add(new Stored(stored.message(), ord));
        }
        boolean wrongHead = ord() != ord;
        long wrongMarkers = 0;
        for (InMemoryMember member : List.copyOf(members.values())) {
            int index = firstAfter(member.readSeq()) - 1;
            long readOrd = index < 0 ? ordBeforeFirst() : right.get(index).ord();
            if (readOrd != member.readOrd()) {
                wrongMarkers++;
                if (repair) {
                    members.put(member.userId(), member.withReadOrd(readOrd));
                }
            }
        }
        if (repair) {
            messages.clear();
            messages.addAll(right);
            deletedOrds.clear();
            right.stream()
                    .filter(stored -> stored.message().deletedAt() != null
                            && stored.message().type() != MessageType.SYSTEM)
                    .forEach(stored -> deletedOrds.add(stored.ord()));
        }
        return new UnreadFinding(id(), wrongMessages, wrongHead, wrongMarkers);
    }

    /** What older messages, if they are gone, have left behind in the count. */
    private long ordBeforeFirst() {
        if (messages.isEmpty()) {
            return ord();
        }
        Stored first = messages.getFirst();
        return first.message().seq().value() == 1
                ? 0
                : first.ord() - (first.message().type() == MessageType.SYSTEM ? 0 : 1);
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

    /** As everybody sees it. */
    Room view(@Nullable DirectPair pair) {
        return new Room(
                room.id(),
                room.name(),
                room.type(),
                room.visibility(),
                room.status(),
                room.bookingId(),
                room.capacity(),
                room.metadata(),
                room.createdBy(),
                room.createdAt(),
                room.memberCount(),
                lastSeq(),
                lastMessageId(),
                lastMessageId() == null ? null : lastActivity(),
                room.memberVersion(),
                pair);
    }

    /** Whom it is for, under the nicknames of its beginning. */
    @Nullable
    DirectPair pair() {
        return room.pair();
    }

    InMemoryRoom copy() {
        InMemoryRoom copy = new InMemoryRoom(room);
        copy.members.putAll(members);
        copy.bans.putAll(bans);
        copy.audit.addAll(audit);
        copy.messages.addAll(messages);
        copy.changes.addAll(changes);
        copy.deletedOrds.addAll(deletedOrds);
        copy.lastSeq = lastSeq;
        copy.purgedSeq = purgedSeq;
        copy.lastPurged = lastPurged;
        return copy;
    }
}
