package dev.confab.chat.inmemory;

import dev.confab.chat.inmemory.InMemoryTables.Login;
import dev.confab.chat.inmemory.InMemoryTables.RefreshToken;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.LoginStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Logins in memory. Calls never throw. */
final class InMemoryLoginStore implements LoginStore {

    private static final int FIRST_SWEEP = 1_024;

    private final InMemoryDatabase database;
    private final Clock clock;
    private int sweepAt = FIRST_SWEEP;

    InMemoryLoginStore(InMemoryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void begin(SessionId sessionId, UserId userId, TokenHash token, Instant expiresAt) {
        database.run(tables -> {
            sweep(tables);
            tables.logins.put(sessionId, new Login(userId, expiresAt, false));
            tables.refreshTokens.put(token, new RefreshToken(sessionId, expiresAt, false));
        });
    }

    @Override
    public Rotation rotate(TokenHash spent, TokenHash next, Instant nextExpiresAt, Instant now) {
        return database.transaction(tables -> {
            RefreshToken token = tables.refreshTokens.get(spent);
            Login login = token == null ? null : tables.logins.get(token.sessionId());
            if (token == null || login == null || login.ended()) {
                return new Rotation.Refused();
            }
            if (token.spent()) {
                tables.logins.put(token.sessionId(), new Login(login.userId(), login.expiresAt(), true));
                return new Rotation.Reused(token.sessionId());
            }
            if (!now.isBefore(token.expiresAt())) {
                return new Rotation.Refused();
            }
            sweep(tables);
            tables.refreshTokens.put(spent, new RefreshToken(token.sessionId(), token.expiresAt(), true));
            tables.refreshTokens.put(next, new RefreshToken(token.sessionId(), nextExpiresAt, false));
            tables.logins.put(token.sessionId(), new Login(login.userId(), nextExpiresAt, false));
            return new Rotation.Rotated(token.sessionId(), login.userId());
        });
    }

    @Override
    public Optional<SessionId> end(TokenHash token) {
        return database.transaction(tables -> {
            RefreshToken known = tables.refreshTokens.get(token);
            if (known == null) {
                return Optional.empty();
            }
            tables.logins.computeIfPresent(
                    known.sessionId(), (id, login) -> new Login(login.userId(), login.expiresAt(), true));
            return Optional.of(known.sessionId());
        });
    }

    /** Forgets logins whose last token has expired; each time there are twice as many tokens as were left last time. */
    private void sweep(InMemoryTables tables) {
        if (tables.refreshTokens.size() < sweepAt) {
            return;
        }
        Instant now = clock.instant();
        tables.logins.values().removeIf(login -> login.expiresAt().isBefore(now));
        tables.refreshTokens.values().removeIf(token -> !tables.logins.containsKey(token.sessionId()));
        sweepAt = Math.max(FIRST_SWEEP, 2 * tables.refreshTokens.size());
    }
}
