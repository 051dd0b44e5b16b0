package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.MessageLog.Stored;
import dev.confab.chat.port.out.RoomStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Users, rooms and messages in the stores of a fixture. Used by one test at a time. */
public final class StoreScene {

    private final StoreFixture stores;
    private final CommandTape tape = new CommandTape();

    /** An empty scene. */
    public StoreScene(StoreFixture stores) {
        this.stores = stores;
    }

    /** Time goes on by a second. */
    public void tick() {
        stores.clock().advance(Duration.ofSeconds(1));
    }

    /** Somebody new. */
    public User user(String nickname) {
        User user = Samples.user(nickname);
        assertThat(stores.users().add(user, Samples.NO_PASSWORD)).isTrue();
        return user;
    }

    /** Some people. */
    public List<User> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> user("u" + i)).toList();
    }

    /** A public room without a limit. */
    public Room room(User owner, User... members) {
        return room(Visibility.PUBLIC, null, owner, members);
    }

    /** A room. */
    public Room room(Visibility visibility, @Nullable Integer capacity, User owner, User... members) {
        RoomStore.NewRoom room = newRoom(
                visibility,
                capacity,
                owner,
                Arrays.stream(members).map(User::id).toList());
        return switch (stores.rooms().create(room)) {
            case RoomStore.Creation.Created(Room created) -> created;
            case RoomStore.Creation other -> throw new AssertionError("not made: " + other);
        };
    }

    /** What to make a room of. */
    public RoomStore.NewRoom newRoom(
            Visibility visibility, @Nullable Integer capacity, User owner, List<UserId> memberIds) {
        return new RoomStore.NewRoom(
                RoomId.random(),
                "room",
                visibility,
                capacity,
                Map.of(),
                owner.id(),
                memberIds,
                stores.clock().instant());
    }

    /** The room as it is now. */
    public Room now(Room room) {
        return stores.rooms().find(room.id()).orElseThrow();
    }

    /** A room for two. */
    public RoomStore.NewRoom newDirect(User one, User other) {
        return new RoomStore.NewRoom(
                RoomId.random(),
                null,
                RoomType.DIRECT,
                Visibility.PRIVATE,
                null,
                null,
                Map.of(),
                one.id(),
                List.of(other.id()),
                stores.clock().instant());
    }

    /** A new place in a room. */
    public record Joined(Membership membership, long memberVersion) {}

    /** Makes somebody a member, which must succeed. */
    public Joined join(Room room, User user) {
        RoomStore.Acted.Done done = done(act(room, user, new RoomAct.Join()));
        assertThat(done.changes()).isNotEmpty();
        return new Joined(Objects.requireNonNull(done.membership()), done.room().memberVersion());
    }

    /** A place that was given up. */
    public record Left(long memberVersion) {}

    /** Ends a membership, which must succeed. */
    public Left leave(Room room, User user) {
        return new Left(done(act(room, user, new RoomAct.Leave())).room().memberVersion());
    }

    /** Does something in a room. */
    public RoomStore.Acted act(Room room, User by, RoomAct act) {
        return stores.rooms().act(room.id(), by.id(), act, stores.clock().instant());
    }

    /** What was done, and not refused. */
    public static RoomStore.Acted.Done done(RoomStore.Acted acted) {
        assertThat(acted).isInstanceOf(RoomStore.Acted.Done.class);
        return (RoomStore.Acted.Done) acted;
    }

    /** A refusal for that reason. */
    public static RoomStore.Acted refused(Refusal.Code code) {
        return new RoomStore.Acted.Refused(Refusal.of(code));
    }

    /** Stores one text, which must be accepted. */
    public Message say(Room room, User sender, String content) {
        return message(store(tape.append(Samples.post(room.id(), sender.id(), content)))
                .getFirst());
    }

    /** Stores texts "1" to "count" in one batch, which must be accepted. */
    public List<Message> sayMany(Room room, User sender, int count) {
        List<Command.Post> posts = IntStream.rangeClosed(1, count)
                .mapToObj(i -> Samples.post(room.id(), sender.id(), Integer.toString(i)))
                .toList();
        return store(tape.append(posts)).stream().map(StoreScene::message).toList();
    }

    /** Stores a batch, which must not lie beyond the store's end. */
    public List<Publication> store(CommandBatch batch) {
        return switch (stores.messageLog().store(batch)) {
            case Stored.Done(List<Publication> publications) -> publications;
            case Stored.Behind(long nextPosition) -> throw new AssertionError("behind, at " + nextPosition);
        };
    }

    /** The message that was stored. */
    public static Message message(Publication publication) {
        assertThat(publication.event()).isInstanceOf(ChatEvent.MessagePosted.class);
        return ((ChatEvent.MessagePosted) publication.event()).message();
    }

    /** The messages that were stored. */
    public static List<Message> messages(List<Publication> publications) {
        return publications.stream().map(StoreScene::message).toList();
    }

    /** The refusal that was stored. */
    public static ChatEvent.CommandRejected rejection(Publication publication) {
        assertThat(publication.event()).isInstanceOf(ChatEvent.CommandRejected.class);
        return (ChatEvent.CommandRejected) publication.event();
    }

    /** Asserts places 1 to n without a hole, and ids that rise with them (G3). */
    public static void assertGapless(List<Message> messages) {
        for (int i = 0; i < messages.size(); i++) {
            assertThat(messages.get(i).seq().value()).isEqualTo(i + 1L);
            if (i > 0) {
                assertThat(messages.get(i).id())
                        .isGreaterThan(messages.get(i - 1).id());
                assertThat(messages.get(i).createdAt())
                        .isAfterOrEqualTo(messages.get(i - 1).createdAt());
            }
        }
    }

    /** All messages of a room, at most 501. */
    public List<Message> history(Room room) {
        return stores.messageLog().events(room.id(), Sequence.NONE, 501).items().stream()
                .map(ChatEvent.Timeline::message)
                .toList();
    }
}
