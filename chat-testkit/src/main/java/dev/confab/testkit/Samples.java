package dev.confab.testkit;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.PasswordHash;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Values for tests, each with ids of its own. Safe on any thread. */
public final class Samples {

    /** Chance for tests. */
    public static final RandomGenerator RANDOM = new SecureRandom();

    /** Something stored where a password's hash belongs; nobody can log in with it. */
    public static final PasswordHash NO_PASSWORD = new PasswordHash("$none$");

    private Samples() {}

    /** A user with a nickname and an e-mail address that nobody else has. */
    public static User user(String nickname) {
        return new User(UserId.random(), "u" + UUID.randomUUID() + "@example.com", nickname, MutableClock.START);
    }

    /** A new trace id. */
    public static TraceId trace() {
        return TraceId.random(RANDOM);
    }

    /** A text to be stored, under a new name. */
    public static Command.Post post(RoomId roomId, UserId sender, String content) {
        return post(roomId, sender, ClientMessageId.random(), content);
    }

    /** A text to be stored. */
    public static Command.Post post(RoomId roomId, UserId sender, ClientMessageId clientMessageId, String content) {
        return new Command.Post(
                roomId,
                sender,
                clientMessageId,
                new MessageBody(MessageType.TEXT, content),
                null,
                MutableClock.START,
                trace());
    }

    /** An answer to be stored. */
    public static Command.Post reply(RoomId roomId, UserId sender, @Nullable MessageId replyTo, String content) {
        return new Command.Post(
                roomId,
                sender,
                ClientMessageId.random(),
                new MessageBody(MessageType.TEXT, content),
                replyTo,
                MutableClock.START,
                trace());
    }

    /** A message to be given another content, under a new name. */
    public static Command.Edit edit(Message message, UserId editor, String content) {
        return edit(message, editor, ClientMessageId.random(), content);
    }

    /** A message to be given another content. */
    public static Command.Edit edit(Message message, UserId editor, ClientMessageId commandId, String content) {
        return new Command.Edit(
                message.roomId(), editor, commandId, message.id(), content, MutableClock.START, trace());
    }

    /** A message to be deleted, under a new name. */
    public static Command.Delete delete(Message message, UserId deleter) {
        return delete(message, deleter, ClientMessageId.random());
    }

    /** A message to be deleted. */
    public static Command.Delete delete(Message message, UserId deleter, ClientMessageId commandId) {
        return new Command.Delete(message.roomId(), deleter, commandId, message.id(), MutableClock.START, trace());
    }

    /** The same command sent once more: another trace, the same name. */
    public static Command.Post again(Command.Post post) {
        return new Command.Post(
                post.roomId(),
                post.senderId(),
                post.clientMessageId(),
                post.body(),
                post.replyTo(),
                post.acceptedAt(),
                trace());
    }
}
