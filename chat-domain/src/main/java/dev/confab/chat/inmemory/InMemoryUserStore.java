package dev.confab.chat.inmemory;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserCursor;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.UserStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People in memory. Calls never throw. */
final class InMemoryUserStore implements UserStore {

    /** By code points, as UTF-8 bytes sort; {@code UUID} compares its halves as signed numbers. */
    private static final Comparator<UserCursor> BY_NICKNAME = Comparator.<UserCursor, byte[]>comparing(
                    cursor -> cursor.nickname().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
            .thenComparing(cursor -> cursor.id().toString());

    /** Compared with nothing: who has no address cannot log in with a password. */
    private static final PasswordHash NO_PASSWORD = new PasswordHash("");

    private final InMemoryDatabase database;

    InMemoryUserStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public boolean add(User user, PasswordHash passwordHash) {
        return database.transaction(tables -> {
            if (user.email() != null && tables.emails.putIfAbsent(key(user.email()), user.id()) != null) {
                return false;
            }
            tables.users.put(user.id(), new Account(user, passwordHash));
            return true;
        });
    }

    @Override
    public User provision(User user) {
        return database.transaction(tables -> tables.users
                .computeIfAbsent(user.id(), absent -> new Account(user, NO_PASSWORD))
                .user());
    }

    @Override
    public Optional<Account> accountOf(String email) {
        return database.transaction(
                tables -> Optional.ofNullable(tables.emails.get(key(email))).map(tables.users::get));
    }

    @Override
    public Optional<User> find(UserId id) {
        return database.transaction(
                tables -> Optional.ofNullable(tables.users.get(id)).map(Account::user));
    }

    @Override
    public Map<UserId, String> nicknames(Collection<UserId> ids) {
        return database.transaction(tables -> {
            Map<UserId, String> nicknames = new HashMap<>();
            for (UserId id : ids) {
                Account account = tables.users.get(id);
                if (account != null) {
                    nicknames.put(id, account.user().nickname());
                }
            }
            return Map.copyOf(nicknames);
        });
    }

    @Override
    public Page<User, UserCursor> search(String prefix, @Nullable UserCursor after, int limit) {
        String begin = key(prefix);
        return database.transaction(tables -> Page.of(
                tables.users.values().stream()
                        .map(Account::user)
                        .filter(user -> key(user.nickname()).startsWith(begin))
                        .filter(user -> after == null || BY_NICKNAME.compare(cursor(user), after) > 0)
                        .sorted(Comparator.comparing(InMemoryUserStore::cursor, BY_NICKNAME))
                        .limit(limit + 1L)
                        .toList(),
                limit,
                InMemoryUserStore::cursor));
    }

    private static UserCursor cursor(User user) {
        return new UserCursor(key(user.nickname()), user.id());
    }

    @Override
    public Optional<User> rename(UserId id, String nickname) {
        return database.transaction(tables -> {
            Account account = tables.users.get(id);
            if (account == null) {
                return Optional.empty();
            }
            User renamed = new User(
                    id, account.user().email(), nickname, account.user().createdAt());
            tables.users.put(id, new Account(renamed, account.passwordHash()));
            return Optional.of(renamed);
        });
    }

    @Override
    public void seen(Map<UserId, Instant> lastSeen) {
        database.run(tables -> lastSeen.forEach((id, at) -> {
            if (tables.users.containsKey(id)) {
                tables.lastSeen.merge(id, at, (known, seen) -> seen.isAfter(known) ? seen : known);
            }
        }));
    }

    @Override
    public Map<UserId, Instant> lastSeen(Collection<UserId> ids) {
        return database.transaction(tables -> {
            Map<UserId, Instant> seen = new HashMap<>();
            for (UserId id : ids) {
                Instant at = tables.lastSeen.get(id);
                if (at != null) {
                    seen.put(id, at);
                }
            }
            return Map.copyOf(seen);
        });
    }

    private static String key(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}
