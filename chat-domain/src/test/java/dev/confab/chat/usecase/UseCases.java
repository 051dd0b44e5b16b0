package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.InMemoryAccessTokens;
import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.inmemory.InMemoryRevocations;
import dev.confab.chat.inmemory.InMemoryStores;
import dev.confab.chat.inmemory.Pbkdf2PasswordHasher;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.in.LogIn;
import dev.confab.chat.port.in.RegisterUser;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.MessageLog.Stored;
import dev.confab.chat.port.out.PasswordHasher;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The adapters that use cases are tried on, and what is quickly done with them. */
final class UseCases {

    final MovedClock clock = new MovedClock();
    final RandomGenerator random = new SecureRandom();
    final ChatSettings settings =
            new ChatSettings(Duration.ofMinutes(10), Duration.ofDays(30), 20, Duration.ofSeconds(5));
    final InMemoryStores stores = new InMemoryStores(clock, random);
    final InMemoryAccessTokens accessTokens = new InMemoryAccessTokens(clock, random);
    final PasswordHasher passwordHasher = new Pbkdf2PasswordHasher(random, 1);
    final InMemoryRevocations revocations = new InMemoryRevocations(clock);
    final InMemoryPresence presence = new InMemoryPresence(clock);
    final SentSignals signals = new SentSignals();
    final PublishedEvents bus = new PublishedEvents();

    private final CommandPartition partition = new CommandPartition("test", 0);
    private long offset;

    RegisterUser registerUser() {
        return new RegisterUserService(stores.users(), passwordHasher, clock);
    }

    LogIn logIn() {
        return new LogInService(stores.users(), stores.logins(), accessTokens, passwordHasher, clock, random, settings);
    }

    CreateRoom createRoom() {
        return new CreateRoomService(stores.rooms(), signals, clock);
    }

    User user(String name) {
        return ok(registerUser().register(name + "@example.org", "password of " + name, name));
    }

    Room room(Visibility visibility, User owner, User... members) {
        return ok(createRoom()
                        .create(new CreateRoom.NewRoom(
                                owner.id(),
                                "room",
                                visibility,
                                Arrays.stream(members).map(User::id).toList(),
                                null,
                                Map.of())))
                .room();
    }

    /** Stores a text; answers the event that becomes of it. */
    ChatEvent send(RoomId roomId, UserId sender, ClientMessageId clientMessageId, String text) {
        Command command = new Command.Post(
                roomId,
                sender,
                clientMessageId,
                new MessageBody(MessageType.TEXT, text),
                null,
                clock.instant(),
                TraceId.random(random));
        Stored stored = stores.messageLog()
                .store(new CommandBatch(
                        partition, offset, List.of(new CommandBatch.Logged(offset, command)), offset + 1));
        offset++;
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done) stored).publications().getFirst().event();
    }

    Message say(Room room, User sender, String text) {
        return ((ChatEvent.MessagePosted) send(room.id(), sender.id(), ClientMessageId.random(), text)).message();
    }

    static <T> T ok(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    static Refusal refused(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused<?>) result).refusal();
    }

    static void assertRefused(Result<?> result, Refusal.Code code) {
        assertThat(refused(result).code()).isEqualTo(code);
    }

    /** The fields and rules that a refusal names, as {@code field:rule}. */
    static List<String> violations(Result<?> result) {
        Refusal refusal = refused(result);
        assertThat(refusal.code()).isEqualTo(Refusal.Code.VALIDATION);
        return refusal.violations().stream()
                .map(violation -> violation.field() + ":" + violation.rule())
                .toList();
    }

    /** A room to be made, public and without members. */
    static CreateRoom.NewRoom newRoom(User creator, @Nullable String name) {
        return new CreateRoom.NewRoom(creator.id(), name, Visibility.PUBLIC, List.of(), null, Map.of());
    }
}
