package dev.confab.jdbi;

import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.LoginStore;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Logins in PostgreSQL: a row per login, which is locked to change it, and a row per refresh token. Safe on any thread. */
final class JdbiLoginStore implements LoginStore {

    /** Logins of the same user none of whose tokens can be used any more; their tokens go with them. */
    private static final String FORGET_EXPIRED = """
            delete from logins l
            where l.user_id = :user and l.id <> :login
              and not exists (select 1 from refresh_tokens t where t.login_id = l.id and t.expires_at > :now)
            """;

    private static final String LOCK = """
            select l.id, l.user_id, l.ended_at is not null
            from logins l where l.id = (select t.login_id from refresh_tokens t where t.token_hash = ?)
            for no key update
            """;

    private record Login(UUID id, UUID userId, boolean ended) {}

    private record Token(Instant expiresAt, @Nullable Instant spentAt) {}

    private final Database database;

    JdbiLoginStore(Database database) {
        this.database = database;
    }

    @Override
    public void begin(SessionId sessionId, UserId userId, TokenHash token, Instant expiresAt) {
        database.write(handle -> {
            handle.createUpdate("insert into logins (id, user_id) values (?, ?)")
                    .bind(0, sessionId.value())
                    .bind(1, userId.value())
                    .execute();
            return insert(handle, token, sessionId.value(), expiresAt);
        });
    }

    @Override
    public Rotation rotate(TokenHash spent, TokenHash next, Instant nextExpiresAt, Instant now) {
        return database.write(handle -> {
            Optional<Login> found = lock(handle, spent);
            if (found.isEmpty() || found.get().ended()) {
                return new Rotation.Refused();
            }
            Login login = found.get();
            Token token = token(handle, spent);
            if (token.spentAt() != null) {
                end(handle, login);
                return new Rotation.Reused(new SessionId(login.id()));
            }
            if (!token.expiresAt().isAfter(now)) {
                return new Rotation.Refused();
            }
            handle.createUpdate("update refresh_tokens set spent_at = ? where token_hash = ?")
                    .bind(0, Columns.time(now))
                    .bind(1, bytes(spent))
                    .execute();
            insert(handle, next, login.id(), nextExpiresAt);
            handle.createUpdate(FORGET_EXPIRED)
                    .bind("user", login.userId())
                    .bind("login", login.id())
                    .bind("now", Columns.time(now))
                    .execute();
            return new Rotation.Rotated(new SessionId(login.id()), new UserId(login.userId()));
        });
    }

    @Override
    public Optional<SessionId> end(TokenHash token) {
        return database.write(handle -> {
            Optional<Login> login = lock(handle, token);
            login.ifPresent(found -> end(handle, found));
            return login.map(found -> new SessionId(found.id()));
        });
    }

    private static Optional<Login> lock(Handle handle, TokenHash token) {
        return handle.createQuery(LOCK)
                .bind(0, bytes(token))
                .map((row, context) -> new Login(Columns.uuid(row, 1), Columns.uuid(row, 2), row.getBoolean(3)))
                .findOne();
    }

    private static Token token(Handle handle, TokenHash token) {
        return handle.createQuery("select expires_at, spent_at from refresh_tokens where token_hash = ?")
                .bind(0, bytes(token))
                .map((row, context) -> new Token(Columns.time(row, 1), Columns.nullableTime(row, 2)))
                .one();
    }

    private static int insert(Handle handle, TokenHash token, UUID loginId, Instant expiresAt) {
        return handle.createUpdate("insert into refresh_tokens (token_hash, login_id, expires_at) values (?, ?, ?)")
                .bind(0, bytes(token))
                .bind(1, loginId)
                .bind(2, Columns.time(expiresAt))
                .execute();
    }

    private static void end(Handle handle, Login login) {
        handle.createUpdate("update logins set ended_at = coalesce(ended_at, now()) where id = ?")
                .bind(0, login.id())
                .execute();
    }

    private static byte[] bytes(TokenHash token) {
        return HexFormat.of().parseHex(token.hex());
    }
}
