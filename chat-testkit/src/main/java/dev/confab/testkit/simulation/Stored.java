package dev.confab.testkit.simulation;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.UserId;
import dev.confab.chat.timeline.CommandKey;
import dev.confab.testkit.simulation.StoredRoom.Happened;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What was seen to be stored, looked at behind every change of the stores themselves (G2, G3, G8). Of a store that was
 * restored it goes back as well.
 */
final class Stored {

    private static final int PAGE = 500;

    private final World world;
    private final BiConsumer<String, String> broken;
    private Map<RoomId, StoredRoom> rooms = new LinkedHashMap<>();
    private Map<Name, String> outcomes = new HashMap<>();
    /** All that was ever stored at a place, in any life of the store. */
    private final Map<RoomId, Map<Long, Set<String>>> ever = new HashMap<>();

    private record Name(RoomId roomId, CommandKey key) {}

    /** All of it at one moment. */
    record Copy(Map<RoomId, StoredRoom> rooms, Map<Name, String> outcomes) {}

    Stored(World world, BiConsumer<String, String> broken) {
        this.world = world;
        this.broken = broken;
    }

    StoredRoom room(RoomId roomId) {
        return rooms.computeIfAbsent(roomId, id -> new StoredRoom());
    }

    boolean wasEver(RoomId roomId, long seq, String what) {
        return ever.getOrDefault(roomId, Map.of()).getOrDefault(seq, Set.of()).contains(what);
    }

    Copy copy() {
        Map<RoomId, StoredRoom> copies = new LinkedHashMap<>();
        rooms.forEach((id, room) -> copies.put(id, room.copy()));
        return new Copy(copies, new HashMap<>(outcomes));
    }

    void restore(Copy copy) {
        Map<RoomId, StoredRoom> copies = new LinkedHashMap<>();
        copy.rooms().forEach((id, room) -> copies.put(id, room.copy()));
        rooms = copies;
        outcomes = new HashMap<>(copy.outcomes());
    }

    /** Looks at what was added to a room. */
    void look(RoomId roomId) {
        StoredRoom room = room(roomId);
        long memberVersion =
                world.stores().rooms().find(roomId).map(Room::memberVersion).orElse(0L);
        List<ChatEvent.Timeline> fresh = world.stores()
                .messageLog()
                .events(roomId, new Sequence(room.head()), PAGE)
                .items();
        for (ChatEvent.Timeline event : fresh) {
            long seq = event.seq().value();
            if (seq != room.head() + 1) {
                broken.accept("G3 a hole in the store", Story.of(event) + " follows place " + room.head());
                return;
            }
            if (event instanceof ChatEvent.MessagePosted posted) {
                check(room, posted);
            }
            room.append(event, memberVersion);
            ever.computeIfAbsent(roomId, id -> new HashMap<>())
                    .computeIfAbsent(seq, place -> new HashSet<>())
                    .add(StoredRoom.name(event));
        }
    }

    private void check(StoredRoom room, ChatEvent.MessagePosted posted) {
        CommandKey key = StoredRoom.key(posted);
        Long before = room.placeOf(key);
        if (before != null) {
            broken.accept("G2 stored twice", Story.of(posted) + " is at place " + before + " already");
        }
        List<Happened> messages = room.messages();
        MessageId last = messages.isEmpty() ? null : messages.getLast().id();
        if (last != null && posted.message().id().compareTo(last) <= 0) {
            broken.accept("G3 ids do not rise", Story.of(posted) + " comes after " + last);
        }
        UserId sender = posted.message().senderId();
        if (sender != null && !room.members().contains(sender)) {
            broken.accept("a stranger spoke", Story.of(posted));
        }
        if (sender != null && room.isClosed()) {
            broken.accept("somebody spoke in a closed room", Story.of(posted));
        }
        Command first = world.judge().firstOf(posted.roomId(), key);
        String content = posted.message().content();
        if (first == null) {
            broken.accept("G2 nobody sent it", Story.of(posted));
        } else if (posted.message().editedAt() == null && content != null && !content.equals(Story.content(first))) {
            broken.accept("G2 the first content wins", Story.of(posted) + ", and first was " + Story.of(first));
        }
    }

    /** Looks at what became of a command that was in a batch that is stored. */
    void lookAt(Command command) {
        CommandKey key = CommandKey.of(command);
        StoredRoom room = room(command.roomId());
        Outcome outcome = world.stores()
                .messageLog()
                .outcome(command.roomId(), command.senderId(), command.commandId())
                .orElse(null);
        if (outcome == null) {
            broken.accept("G6 stored without an outcome", Story.of(command));
            return;
        }
        String now = name(outcome);
        String before = outcomes.putIfAbsent(new Name(command.roomId(), key), now);
        if (before != null && !before.equals(now)) {
            broken.accept("G2 another outcome", Story.of(command) + " was " + before + " and is " + now);
        }
        boolean isNew = before == null;
        boolean refused = outcome instanceof Outcome.Rejected rejected && rejected.reason() == Rejection.NOT_A_MEMBER;
        if (isNew && refused && room.members().contains(command.senderId())) {
            broken.accept("a member was refused as a stranger", Story.of(command));
        }
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Persisted persisted ->
                persisted.message().id() + " at " + persisted.message().seq();
            case Outcome.Changed changed -> changed.message().id() + " changed at " + changed.changeSeq();
            case Outcome.Rejected rejected -> rejected.reason().code();
        };
    }

    /** Looks at who is in a room now. */
    void lookAtPlaces(RoomId roomId) {
        Room now = world.stores().rooms().find(roomId).orElse(null);
        if (now != null) {
            Set<UserId> members = new HashSet<>();
            for (Membership membership :
                    world.stores().rooms().members(roomId, null, 100).items()) {
                members.add(membership.userId());
            }
            room(roomId).beMembers(members, now.status() == RoomStatus.CLOSED, now.memberVersion());
        }
    }

    void marked(RoomId roomId, UserId user, MessageId messageId, long unread) {
        StoredRoom room = room(roomId);
        for (int seq = 1; seq <= room.head(); seq++) {
            Happened happened = room.at(seq);
            if (happened.key() != null && happened.id().equals(messageId)) {
                room.marked(user, seq);
            }
        }
        if (unread != room.unread(user)) {
            broken.accept(
                    "G8 unread",
                    Story.of(user) + " was told " + unread + " in " + Story.of(roomId) + ", and it is "
                            + room.unread(user));
        }
    }

    /** Compares all unread counts with a count of what is there. */
    void lookAtUnread() {
        for (UserId user : world.users()) {
            for (Unread unread : world.stores().readMarkers().unread(user)) {
                long right = room(unread.roomId()).unread(user);
                if (unread.count() != right) {
                    broken.accept(
                            "G8 unread",
                            Story.of(user) + " has " + unread.count() + " in " + Story.of(unread.roomId())
                                    + ", and it is " + right);
                }
            }
        }
    }

    /** What became of a command; null when nothing did. */
    @Nullable
    Outcome outcomeOf(Command command) {
        return world.stores()
                .messageLog()
                .outcome(command.roomId(), command.senderId(), command.commandId())
                .orElse(null);
    }

    boolean hasOutcome(RoomId roomId, CommandKey key) {
        return world.stores()
                .messageLog()
                .outcome(roomId, key.senderId(), Objects.requireNonNull(key.commandId()))
                .isPresent();
    }
}
