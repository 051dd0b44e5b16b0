package dev.confab.jdbi;

import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.permission.People;
import dev.confab.chat.permission.Person;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How people stand to one room, asked in the transaction that holds its lock. */
record RoomPeople(Handle handle, RoomId roomId, Instant now) implements People {

    private static final String PERSON = """
            select exists (select 1 from users where id = :user),
                   (select role from room_members where room_id = :room and user_id = :user and left_at is null),
                   exists (select 1 from room_bans where room_id = :room and user_id = :user
                           and (until is null or until > :now))
            """;

    private static final String HEIR = """
            select user_id from room_members
            where room_id = :room and left_at is null and user_id <> :owner
            order by (role = :admin) desc, joined_at, user_id
            limit 1
            """;

    @Override
    public Person person(UserId userId) {
        return handle.createQuery(PERSON)
                .bind("room", roomId.value())
                .bind("user", userId.value())
                .bind("now", Columns.time(now))
                .map((row, context) -> {
                    String role = row.getString(2);
                    return new Person(row.getBoolean(1), role == null ? null : Role.valueOf(role), row.getBoolean(3));
                })
                .one();
    }

    @Override
    public Optional<UserId> heirOf(UserId owner) {
        return handle.createQuery(HEIR)
                .bind("room", roomId.value())
                .bind("owner", owner.value())
                .bind("admin", Role.ADMIN.name())
                .map((row, context) -> new UserId(Columns.uuid(row, 1)))
                .findOne();
    }
}
