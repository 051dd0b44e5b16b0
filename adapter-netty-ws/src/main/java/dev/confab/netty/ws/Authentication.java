package dev.confab.netty.ws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.netty.wire.Fields;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is on the other end of a connection, and for how long that holds: the token of the handshake or of the first
 * frame, later ones that replace it, and its expiry. Runs on the connection's event loop.
 */
final class Authentication {

    static final String EVENT = "authenticate";

    /** Timers are set no further ahead than this, so that a change of the clock does not go unseen for long. */
    private static final Duration LONGEST_TIMER = Duration.ofHours(1);

    private final ChatConnection connection;
    private final Dialect dialect;
    private @Nullable Identity identity;
    private @Nullable Future<?> timer;

    /** Who is on the other end. */
    record Identity(Principal principal, String userName, ConnectionId connectionId, LiveChat.Session session) {
        Identity renewed(Principal fresh) {
            return new Identity(fresh, userName, connectionId, session);
        }
    }

    Authentication(ChatConnection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** The frame that a token of the handshake stands for. */
    static ClientFrame.Request request(String token) {
        return new ClientFrame.Request(
                EVENT, null, JsonNodeFactory.instance.objectNode().put("token", token));
    }

    boolean isDone() {
        return identity != null;
    }

    Identity identity() {
        return Objects.requireNonNull(identity, "not authenticated");
    }

    /** Waits for the first frame for a while. */
    void awaitFirstFrame() {
        schedule(dialect.settings().authenticateWithin(), () -> reject(null, "No authenticate came in time."));
    }

    CompletableFuture<?> handle(ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Optional<String> token = fields.requiredText("token");
        Optional<Refusal> refusal = fields.refusal();
        if (refusal.isPresent() || token.isEmpty()) {
            refusal.ifPresent(broken -> connection.refuse(request.ref(), broken));
            return EventHandler.HANDLED;
        }
        Optional<Principal> principal = dialect.authenticate().authenticate(token.get());
        if (principal.isEmpty()) {
            return reject(request.ref(), "The access token is not valid.");
        }
        Identity known = identity;
        if (known == null) {
            return open(principal.get(), request.ref());
        }
        if (!known.principal().userId().equals(principal.get().userId())) {
            return reject(request.ref(), "The access token is another user's.");
        }
        return renew(known, principal.get(), request.ref());
    }

    private CompletableFuture<?> renew(Identity known, Principal fresh, @Nullable Ref ref) {
        known.session().renew(fresh);
        // As when it was opened: asked once the session hears of the end of the new login.
        if (!dialect.authenticate().stillHolds(fresh)) {
            return reject(ref, "The access token is not valid any more.");
        }
        welcome(known.renewed(fresh), ref);
        return EventHandler.HANDLED;
    }

    /** Says so and closes. */
    CompletableFuture<?> reject(@Nullable Ref ref, String message) {
        connection.close(ref, new Refusal(Refusal.Code.UNAUTHENTICATED, message, List.of()), CloseCode.UNAUTHENTICATED);
        return EventHandler.HANDLED;
    }

    private CompletableFuture<?> open(Principal principal, @Nullable Ref ref) {
        cancel();
        WebSocketMetrics.Waiting waiting =
                dialect.metrics().arrived(dialect.ticker().nanoTime());
        CompletionStage<Result<User>> admission = dialect.admitUser().admit(principal, connection::isConnected);
        admission.whenComplete((found, fault) ->
                dialect.metrics().admitted(waiting, dialect.ticker().nanoTime()));
        return connection.whenDone(admission, (found, fault) -> {
            switch (found) {
                case Result.Ok<User> ok -> open(principal, ok.value().nickname(), ref);
                case Result.Refused<User> refused -> refused(refused.refusal(), ref);
                case null -> {
                    connection.failed(ref, fault);
                    connection.close(CloseCode.TRY_AGAIN_LATER);
                }
            }
        });
    }

    private void refused(Refusal refusal, @Nullable Ref ref) {
        if (refusal.code() == Refusal.Code.UNAVAILABLE) {
            dialect.metrics().turnedAway();
            connection.turnAway();
        } else {
            reject(ref, "The access token is not valid.");
        }
    }

    private void open(Principal principal, String userName, @Nullable Ref ref) {
        ConnectionId connectionId = ConnectionId.random();
        LiveChat.Session session = dialect.liveChat()
                .open(
                        principal,
                        userName,
                        connectionId,
                        connection.lane().eventLoop(),
                        new Pushes(connection, dialect.settings().reconnectSpread()));
        Identity opened = new Identity(principal, userName, connectionId, session);
        identity = opened;
        // Asked once the session hears of logouts, so that none falls between.
        if (dialect.authenticate().stillHolds(principal)) {
            welcome(opened, ref);
        } else {
            reject(ref, "The access token is not valid any more.");
        }
    }

    private void welcome(Identity who, @Nullable Ref ref) {
        identity = who;
        connection.write(ServerFrames.connected(
                connection.allocator(),
                ref,
                new ServerFrames.Welcome(
                        who.principal().userId(),
                        who.userName(),
                        who.connectionId(),
                        dialect.liveChat().epoch(),
                        dialect.clock().instant(),
                        dialect.settings())));
        awaitExpiry();
    }

    private void awaitExpiry() {
        Duration left = Duration.between(
                dialect.clock().instant(), identity().principal().expiresAt());
        if (left.isPositive()) {
            schedule(left.compareTo(LONGEST_TIMER) < 0 ? left : LONGEST_TIMER, this::awaitExpiry);
        } else {
            reject(null, "The access token has expired.");
        }
    }

    private void schedule(Duration delay, Runnable task) {
        cancel();
        // Rounded up: a timer that comes a moment too early would only be set again.
        timer = connection.lane().eventLoop().schedule(task, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** The connection ends. */
    void close() {
        cancel();
        if (identity != null) {
            identity.session().close();
        }
    }
}
