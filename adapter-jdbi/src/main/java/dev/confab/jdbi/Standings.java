package dev.confab.jdbi;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomStanding;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Reads where rooms stand. Those who ask for a single user, as everybody does who enters a room, share one statement when
 * they come at the same time: after a gateway died thousands do. Safe on any thread; blocks.
 */
final class Standings {

    private static final int MOST_AT_ONCE = 500;

    private static final String STATE =
            "r.status, r.visibility, r.member_version, r.member_count, r.last_seq, r.purged_seq, ";

    /** One statement, so that the members and the version are of one moment. */
    private static final String OF_MANY = "select " + STATE + """
                   array(select m.user_id::text from room_members m
                         where m.room_id = r.id and m.user_id = any(:users) and m.left_at is null)
            from rooms r where r.id = :room
            """;

    /**
     * Nothing about {@code left_at} is said in the join: it would make indexes of those who are present look as good as the
     * key while nobody has counted the rows yet.
     */
    static final String OF_EACH = "select " + STATE + """
                   m.user_id is not null and m.left_at is null, w.n
            from unnest(:rooms, :users) with ordinality as w (room_id, user_id, n)
            join rooms r on r.id = w.room_id
            left join room_members m on m.room_id = w.room_id and m.user_id = w.user_id
            """;

    private final Database database;
    private final GroupCommit<Question, Optional<RoomStanding>> together;

    private record Question(RoomId roomId, UserId userId) {}

    Standings(Database database) {
        this.database = database;
        this.together = new GroupCommit<>(MOST_AT_ONCE, asked -> database.read(handle -> ofEach(handle, asked)));
    }

    Optional<RoomStanding> of(RoomId id, Collection<UserId> users) {
        if (users.size() == 1) {
            return together.call(new Question(id, users.iterator().next()));
        }
        return database.read(handle -> handle.createQuery(OF_MANY)
                .bind("room", id.value())
                .bind("users", UuidArray.of(users, UserId::value))
                .map((row, context) -> standing(id, row, members(row)))
                .findOne());
    }

    private static List<Optional<RoomStanding>> ofEach(Handle handle, List<Question> asked) {
        List<Optional<RoomStanding>> answers = new ArrayList<>(Collections.nCopies(asked.size(), Optional.empty()));
        handle.createQuery(OF_EACH)
                .bind("rooms", UuidArray.of(asked, each -> each.roomId().value()))
                .bind("users", UuidArray.of(asked, each -> each.userId().value()))
                .map((row, context) -> {
                    int place = (int) row.getLong(8) - 1;
                    Question question = asked.get(place);
                    Set<UserId> members = row.getBoolean(7) ? Set.of(question.userId()) : Set.of();
                    answers.set(place, Optional.of(standing(question.roomId(), row, members)));
                    return place;
                })
                .list();
        return answers;
    }

    private static RoomStanding standing(RoomId id, ResultSet row, Set<UserId> members) throws SQLException {
        return new RoomStanding(
                id,
                RoomStatus.valueOf(row.getString(1)),
                Visibility.valueOf(row.getString(2)),
                row.getLong(3),
                row.getInt(4),
                new Sequence(row.getLong(5)),
                new Sequence(row.getLong(6)),
                members);
    }

    private static Set<UserId> members(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray(7).getArray())
                .map(user -> new UserId(UUID.fromString(user)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
