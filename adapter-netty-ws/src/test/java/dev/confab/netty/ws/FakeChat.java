package dev.confab.netty.ws;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Marking;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.AdmitUser;
import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.in.MarkRead;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * The inbound ports as the connection sees them, with every answer in the hands of the test: sends and joins stay open
 * until the test completes them, and events come when the test tells them. Used by one thread.
 */
final class FakeChat implements Authenticate, AdmitUser, PostMessage, EditMessage, DeleteMessage, MarkRead, LiveChat {

    static final Epoch EPOCH = new Epoch("epoch-1");

    /** Access tokens and who holds them. */
    final Map<String, Principal> tokens = new HashMap<>();

    final List<FakeSession> sessions = new ArrayList<>();
    final List<FakePosting> postings = new ArrayList<>();
    final List<MessageId> marked = new ArrayList<>();
    boolean loggedOut;
    boolean storeIsAway;
    boolean isCrowded;

    /** A token for a new user. */
    String tokenOf(UserId user) {
        return token(user, SessionId.random(), MutableClock.START.plus(Duration.ofDays(1)));
    }

    String token(UserId user, SessionId login, Instant expiresAt) {
        String token = "token-" + tokens.size();
        tokens.put(token, new Principal(user, login, expiresAt));
        return token;
    }

    FakeSession session() {
        return sessions.getLast();
    }

    @Override
    public Optional<Principal> authenticate(String accessToken) {
        return Optional.ofNullable(tokens.get(accessToken));
    }

    @Override
    public boolean stillHolds(Principal principal) {
        return !loggedOut;
    }

    @Override
    public CompletionStage<Result<User>> admit(Principal principal, BooleanSupplier isThere) {
        if (storeIsAway) {
            return CompletableFuture.failedFuture(new StoreUnavailableException("the store is away"));
        }
        if (isCrowded) {
            return CompletableFuture.completedFuture(Result.refused(Refusal.Code.UNAVAILABLE));
        }
        return CompletableFuture.completedFuture(
                Result.ok(new User(principal.userId(), null, "Kim", MutableClock.START)));
    }

    @Override
    public Result<Marking.Marked> markRead(UserId caller, RoomId roomId, MessageId messageId) {
        marked.add(messageId);
        return Result.refused(Refusal.Code.MESSAGE_NOT_FOUND);
    }

    @Override
    public CompletionStage<Result<ClientMessageId>> edit(Edit edit) {
        return CompletableFuture.completedFuture(Result.ok(edit.commandId()));
    }

    @Override
    public CompletionStage<Result<ClientMessageId>> delete(Deletion deletion) {
        return CompletableFuture.completedFuture(Result.ok(deletion.commandId()));
    }

    @Override
    public Posting post(Send send) {
        FakePosting posting = new FakePosting(send, new CompletableFuture<>(), new CompletableFuture<>());
        postings.add(posting);
        return new Posting(posting.submitted(), posting.accepted());
    }

    @Override
    public CompletionStage<Result<Persistence>> postAndWait(Send send, Duration patience) {
        throw new AssertionError("not used by WebSocket");
    }

    @Override
    public Epoch epoch() {
        return EPOCH;
    }

    @Override
    public Session open(
            Principal principal, String userName, ConnectionId connectionId, Executor lane, Listener listener) {
        FakeSession session = new FakeSession(principal, listener);
        sessions.add(session);
        return session;
    }

    /** A send under way. */
    record FakePosting(
            Send send, CompletableFuture<Void> submitted, CompletableFuture<Result<ClientMessageId>> accepted) {

        void accept() {
            submitted.complete(null);
            accepted.complete(Result.ok(send.clientMessageId()));
        }
    }

    /** A join under way. */
    record FakeJoin(Resume resume, CompletableFuture<Result<Entry>> answer) {}

    /** One connection's session. */
    static final class FakeSession implements Session {

        final List<FakeJoin> joins = new ArrayList<>();
        final List<String> heard = new ArrayList<>();
        final Listener listener;
        Principal principal;
        boolean closed;

        FakeSession(Principal principal, Listener listener) {
            this.principal = principal;
            this.listener = listener;
        }

        @Override
        public CompletionStage<Result<Entry>> join(Resume room) {
            FakeJoin join = new FakeJoin(room, new CompletableFuture<>());
            joins.add(join);
            return join.answer();
        }

        @Override
        public CompletionStage<List<Result<Entry>>> joinAll(List<Resume> rooms) {
            return CompletableFuture.completedFuture(rooms.stream()
                    .<Result<Entry>>map(room -> Result.refused(Refusal.Code.ROOM_NOT_FOUND))
                    .toList());
        }

        @Override
        public CompletionStage<Void> leave(RoomId roomId) {
            heard.add("leave " + roomId);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void typing(RoomId roomId, boolean isTyping) {
            heard.add("typing " + roomId + " " + isTyping);
        }

        @Override
        public void renew(Principal renewed) {
            principal = renewed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
