package dev.confab.chat.inmemory;

import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.DirectPair;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.LetterId;
import dev.confab.chat.model.LetterState;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.LoginStore.TokenHash;
import dev.confab.chat.port.out.UserStore.Account;
import dev.confab.chat.timeline.CommandKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All data of the in-memory stores. Touched only inside {@link InMemoryDatabase#transaction}. */
final class InMemoryTables {

    final Map<UserId, Account> users = new HashMap<>();
    /** By e-mail address in lower case. */
    final Map<String, UserId> emails = new HashMap<>();

    final Map<UserId, Instant> lastSeen = new HashMap<>();
    final Map<RoomId, InMemoryRoom> rooms = new HashMap<>();
    /** Of the rooms that have one of their own. */
    final Map<RoomId, RetentionRule> retentionRules = new HashMap<>();
    /** By the two whom they are for. */
    final Map<Set<UserId>, RoomId> directRooms = new HashMap<>();

    final Map<UserId, Set<RoomId>> roomsOf = new HashMap<>();
    /** Kept beside the rooms, because commands for rooms that do not exist end, too (G6). */
    final Map<RoomId, Map<CommandKey, Outcome>> outcomes = new HashMap<>();

    /** In the order in which it happened. */
    final Map<ChangeId, RoomChange> outbox = new LinkedHashMap<>();

    /** Made again from the messages after a restore, and so not copied. */
    final Map<RoomId, InMemorySearchIndex> searches = new HashMap<>();

    /** As part of the tables, because a restore takes it back as well. */
    Epoch epoch = freshEpoch();

    final Map<CommandPartition, Progress> progress = new HashMap<>();
    final Map<LetterId, Settled> settledLetters = new HashMap<>();
    final Map<SessionId, Login> logins = new HashMap<>();
    final Map<TokenHash, RefreshToken> refreshTokens = new HashMap<>();

    /**
     * How far a partition was stored.
     *
     * @param next the offset after the last stored record
     * @param inStepIn the life of the store in which it was last in step with the log; null when it never was
     */
    record Progress(long next, @Nullable Epoch inStepIn) {
        static final Progress NONE = new Progress(0, null);

        Progress reaching(long offset, Epoch epoch) {
            return new Progress(Math.max(next, offset), epoch);
        }
    }

    /** What was done with the letter that was parked then. */
    record Settled(Instant parkedAt, LetterState state) {}

    /** A login; {@code expiresAt} is that of its present refresh token. */
    record Login(UserId userId, Instant expiresAt, boolean ended) {}

    /** A refresh token, spent or not. */
    record RefreshToken(SessionId sessionId, Instant expiresAt, boolean spent) {}

    Progress progressOf(CommandPartition partition) {
        return progress.getOrDefault(partition, Progress.NONE);
    }

    Map<CommandKey, Outcome> outcomesIn(RoomId roomId) {
        return outcomes.computeIfAbsent(roomId, ignored -> new HashMap<>());
    }

    /** The outcome with its message as it now is. */
    Outcome present(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Persisted(var message) -> new Outcome.Persisted(present(message));
            case Outcome.Changed(var message, var change, var seq) ->
                new Outcome.Changed(present(message), change, seq);
            case Outcome.Rejected rejected -> rejected;
        };
    }

    private Message present(Message message) {
        InMemoryRoom room = rooms.get(message.roomId());
        InMemoryRoom.Stored stored = room == null ? null : room.find(message.id());
        return named(stored == null ? message : stored.message());
    }

    /** The message under its sender's present nickname: the name is the user's, not the message's. */
    Message named(Message message) {
        Account sender = message.senderId() == null ? null : users.get(message.senderId());
        if (sender == null || sender.user().nickname().equals(message.senderName())) {
            return message;
        }
        return new Message(
                message.id(),
                message.seq(),
                message.roomId(),
                message.senderId(),
                sender.user().nickname(),
                message.clientMessageId(),
                message.type(),
                message.content(),
                message.replyTo(),
                message.mentions(),
                message.createdAt(),
                message.editedAt(),
                message.deletedAt());
    }

    /** The present nickname of somebody who exists. */
    String nickname(UserId id) {
        Account account = users.get(id);
        return account == null ? "" : account.user().nickname();
    }

    /** The room as everybody sees it, with people's present nicknames. */
    Room view(InMemoryRoom room) {
        DirectPair pair = room.pair();
        return room.view(
                pair == null
                        ? null
                        : new DirectPair(
                                peer(pair.first().id()), peer(pair.second().id())));
    }

    DirectPair.Peer peer(UserId id) {
        return new DirectPair.Peer(id, nickname(id));
    }

    void addMembership(UserId userId, RoomId roomId) {
        roomsOf.computeIfAbsent(userId, ignored -> new LinkedHashSet<>()).add(roomId);
    }

    void removeMembership(UserId userId, RoomId roomId) {
        Set<RoomId> rooms = roomsOf.get(userId);
        if (rooms != null) {
            rooms.remove(roomId);
        }
    }

    /** Notes what happened, to be published. */
    void happened(RoomChange change) {
        outbox.put(ChangeId.random(), change);
    }

    /** Of another life of the store: places in the order that were told before are void. */
    static Epoch freshEpoch() {
        return new Epoch("memory-" + UUID.randomUUID());
    }

    InMemoryTables copy() {
        InMemoryTables copy = new InMemoryTables();
        copy.users.putAll(users);
        copy.emails.putAll(emails);
        copy.lastSeen.putAll(lastSeen);
        rooms.forEach((id, room) -> copy.rooms.put(id, room.copy()));
        copy.retentionRules.putAll(retentionRules);
        copy.directRooms.putAll(directRooms);
        roomsOf.forEach((id, of) -> copy.roomsOf.put(id, new LinkedHashSet<>(of)));
        outcomes.forEach((id, of) -> copy.outcomes.put(id, new HashMap<>(of)));
        copy.outbox.putAll(outbox);
        copy.epoch = epoch;
        copy.progress.putAll(progress);
        copy.settledLetters.putAll(settledLetters);
        copy.logins.putAll(logins);
        copy.refreshTokens.putAll(refreshTokens);
        return copy;
    }
}
