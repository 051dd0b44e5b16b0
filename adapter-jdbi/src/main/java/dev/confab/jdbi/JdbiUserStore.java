package dev.confab.jdbi;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserCursor;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.PasswordHash;
import dev.confab.chat.port.out.UserStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Users in PostgreSQL. Safe on any thread. */
final class JdbiUserStore implements UserStore {

    private static final String COLUMNS = "id, email, nickname, created_at";

    /** Sorted, so that two servers which report the same users at once do not wait for each other. */
    private static final String SEEN = """
            with later as (
                select u.id, to_timestamp(s.millis / 1000.0::float8) as at
                from unnest(:users, :millis) as s (id, millis) join users u on u.id = s.id
                where u.last_seen_at is null or u.last_seen_at < to_timestamp(s.millis / 1000.0::float8)
                order by u.id
                for no key update of u
            )
            update users u set last_seen_at = greatest(u.last_seen_at, later.at) from later where u.id = later.id
            """;

    private static final String FOUND = "select " + COLUMNS + ", lower(nickname) from users"
            + " where (lower(nickname) collate \"C\") >= lower(:begin)"
            + " and (lower(nickname) collate \"C\") < lower(:begin) || :end";

    private static final String IN_ORDER = " order by (lower(nickname) collate \"C\"), id limit :limit";

    static final String SEARCH = FOUND + IN_ORDER;
    static final String SEARCH_AFTER =
            FOUND + " and ((lower(nickname) collate \"C\"), id) > (:nickname, :id)" + IN_ORDER;

    /** Sorts behind everything that may follow the beginning of a nickname. */
    static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private record Found(User user, UserCursor cursor) {}

    private static final int MOST_AT_ONCE = 500;

    private final Database database;
    private final GroupCommit<UserId, Optional<User>> together;

    JdbiUserStore(Database database) {
        this.database = database;
        this.together = new GroupCommit<>(MOST_AT_ONCE, ids -> database.read(handle -> findEach(handle, ids)));
    }

    @Override
    public boolean add(User user, PasswordHash passwordHash) {
        return database.write(handle ->
                handle.createUpdate("insert into users (id, email, email_key, password_hash, nickname, created_at)"
                                        + " values (:id, :email, :key, :hash, :nickname, :createdAt)"
                                        + " on conflict (email_key) do nothing")
                                .bind("id", user.id().value())
                                .bind("email", user.email())
                                .bind("key", key(user.email()))
                                .bind("hash", passwordHash.encoded())
                                .bind("nickname", user.nickname())
                                .bind("createdAt", Columns.time(user.createdAt()))
                                .execute()
                        == 1);
    }

    @Override
    public User provision(User user) {
        return database.write(handle -> {
            handle.createUpdate("insert into users (id, nickname, created_at) values (?, ?, ?)"
                            + " on conflict (id) do nothing")
                    .bind(0, user.id().value())
                    .bind(1, user.nickname())
                    .bind(2, Columns.time(user.createdAt()))
                    .execute();
            return handle.createQuery("select " + COLUMNS + " from users where id = ?")
                    .bind(0, user.id().value())
                    .map((row, context) -> user(row))
                    .one();
        });
    }

    @Override
    public Page<User, UserCursor> search(String prefix, @Nullable UserCursor after, int limit) {
        List<Found> found = database.read(handle -> {
            Query query = handle.createQuery(after == null ? SEARCH : SEARCH_AFTER)
                    .bind("begin", prefix)
                    .bind("end", LAST)
                    .bind("limit", limit + 1);
            if (after != null) {
                query.bind("nickname", after.nickname()).bind("id", after.id().value());
            }
            return query.map((row, context) -> {
                        User user = user(row);
                        return new Found(user, new UserCursor(row.getString(5), user.id()));
                    })
                    .list();
        });
        Page<Found, UserCursor> page = Page.of(found, limit, Found::cursor);
        return new Page<>(page.items().stream().map(Found::user).toList(), page.nextCursor());
    }

    @Override
    public Optional<Account> accountOf(String email) {
        if (email.indexOf('\0') >= 0) {
            return Optional.empty(); // cannot be stored, so nobody has it; the database would call it an error
        }
        return database.read(handle -> handle.createQuery("select " + COLUMNS
                        + ", password_hash from users where email_key = ? and password_hash is not null")
                .bind(0, key(email))
                .map((row, context) -> new Account(user(row), new PasswordHash(row.getString(5))))
                .findOne());
    }

    @Override
    public Optional<User> find(UserId id) {
        return together.call(id);
    }

    /** Those who ask at the same time share a statement: after a gateway died thousands do. */
    private static List<Optional<User>> findEach(Handle handle, List<UserId> ids) {
        Map<UserId, User> found = new HashMap<>();
        handle.createQuery("select " + COLUMNS + " from users where id = any(?)")
                .bind(0, UuidArray.of(ids, UserId::value))
                .map((row, context) -> user(row))
                .forEach(user -> found.put(user.id(), user));
        return ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
    }

    @Override
    public Map<UserId, String> nicknames(Collection<UserId> ids) {
        Map<UserId, String> nicknames = new HashMap<>();
        if (!ids.isEmpty()) {
            database.read(handle -> handle.createQuery("select id, nickname from users where id = any(?)")
                            .bind(0, UuidArray.of(ids, UserId::value))
                            .map((row, context) -> Map.entry(new UserId(Columns.uuid(row, 1)), row.getString(2)))
                            .list())
                    .forEach(found -> nicknames.put(found.getKey(), found.getValue()));
        }
        return nicknames;
    }

    @Override
    public Optional<User> rename(UserId id, String nickname) {
        return database.write(
                handle -> handle.createQuery("update users set nickname = ? where id = ? returning " + COLUMNS)
                        .bind(0, nickname)
                        .bind(1, id.value())
                        .map((row, context) -> user(row))
                        .findOne());
    }

    @Override
    public void seen(Map<UserId, Instant> lastSeen) {
        if (lastSeen.isEmpty()) {
            return;
        }
        List<Map.Entry<UserId, Instant>> entries = List.copyOf(lastSeen.entrySet());
        database.write(handle -> handle.createUpdate(SEEN)
                .bind("users", UuidArray.of(entries, entry -> entry.getKey().value()))
                .bind("millis", Columns.longs(entries, entry -> entry.getValue().toEpochMilli()))
                .execute());
    }

    @Override
    public Map<UserId, Instant> lastSeen(Collection<UserId> ids) {
        Map<UserId, Instant> lastSeen = new HashMap<>();
        if (!ids.isEmpty()) {
            database.read(handle -> handle.createQuery(
                                    "select id, last_seen_at from users where id = any(?) and last_seen_at is not null")
                            .bind(0, UuidArray.of(ids, UserId::value))
                            .map((row, context) -> Map.entry(new UserId(Columns.uuid(row, 1)), Columns.time(row, 2)))
                            .list())
                    .forEach(found -> lastSeen.put(found.getKey(), found.getValue()));
        }
        return lastSeen;
    }

    /** What makes two e-mail addresses the same; made here and not by the database, whose lower() depends on its locale. */
    private static @Nullable String key(@Nullable String email) {
        return email == null ? null : email.toLowerCase(Locale.ROOT);
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(new UserId(Columns.uuid(row, 1)), row.getString(2), row.getString(3), Columns.time(row, 4));
    }
}
