package dev.confab.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.testkit.CommandTape;
import dev.confab.testkit.Eventually;
import dev.confab.testkit.Samples;
import dev.confab.testkit.StoreScene;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How PostgreSQL goes about the statements whose cost must not grow with the tables. */
final class QueryPlansIT {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private static final int ROOMS = 40;
    private static final UUID ROOM = UUID.fromString("00000000-0000-0000-0000-000000000007");
    private static final UUID USER = UUID.fromString("00000000-0000-0000-0001-000000000007");
    private static final MessageId MIDDLE = new MessageId(0, 1_000);

    /** 40 rooms of 40 members, 1,000 messages in each, a few of them deleted. */
    @BeforeAll
    static void fill() {
        String room = "('00000000-0000-0000-0000-' || to_char(r, 'FM000000000000'))::uuid";
        String user = "('00000000-0000-0000-0001-' || to_char(u, 'FM000000000000'))::uuid";
        String id = "('00000000-0000-0000-0000-' || to_char(s, 'FM000000000000'))::uuid";
        String rooms = " generate_series(1, " + ROOMS + ") r";
        String users = " generate_series(1, 40) u";
        POSTGRES.sql("insert into users (id, nickname, created_at) select " + user + ", 'u', now() from" + users);
        // So many more that nobody would look for one by reading them all.
        POSTGRES.sql("insert into users (id, nickname, created_at) select gen_random_uuid(), 'u', now()"
                + " from generate_series(1, 2000)");
        POSTGRES.sql("insert into rooms (id, type, visibility, status, metadata, created_by, created_at, member_count,"
                + " member_version, last_seq, ord, last_message_id, last_message_at) select " + room
                + ", 'GROUP', 'PUBLIC', 'OPEN', '{}', gen_random_uuid(), now(), 40, 1, 1000, 1000, null, now() from"
                + rooms);
        POSTGRES.sql("insert into room_members (room_id, user_id, role, joined_at, last_read_seq, read_ord) select "
                + room + ", " + user + ", 'MEMBER', now(), 0, 0 from" + rooms + "," + users);
        POSTGRES.sql("insert into messages (room_id, id, sender_id, client_msg_id, seq, ord, created_at, kafka_offset,"
                + " kafka_partition, type, content, deleted_at) select " + room + ", " + id
                + ", '" + USER + "', gen_random_uuid(), s, s, now(), 0, 0, 'TEXT', 'x',"
                + " case when s % 100 = 0 then now() end from generate_series(1, 1000) s," + rooms);
        POSTGRES.sql("vacuum analyze");
    }

    /** The plan of a query as the stores' own connections make it. */
    private static String plan(String sql, UnaryOperator<Query> bind) {
        try (HikariDataSource pool = ConnectionPool.open(POSTGRES.settings())) {
            return new Database(pool)
                    .read(handle -> String.join(
                            "\n",
                            bind.apply(handle.createQuery("explain (costs off) " + sql))
                                    .mapTo(String.class)
                                    .list()));
        }
    }

    private static void assertOneRange(String plan, String index) {
        assertThat(plan).containsOnlyOnce(index).doesNotContain("Seq Scan", "Sort", "Bitmap");
    }

    @Test
    void aPageOfHistoryIsOneRangeOfOneIndex() {
        assertOneRange(plan(MessagePages.NEWEST, q -> q.bind(0, ROOM).bind(1, 51)), "messages_by_seq");
        assertOneRange(
                plan(MessagePages.AFTER_SEQ, q -> q.bind(0, ROOM).bind(1, 500L).bind(2, 51)), "messages_by_seq");
        for (String sql : List.of(MessagePages.BEFORE, MessagePages.AFTER, MessagePages.FROM)) {
            assertOneRange(
                    plan(sql, q -> q.bind(0, ROOM).bind(1, Columns.uuid(MIDDLE)).bind(2, 51)), "messages_by_id");
        }
        assertOneRange(plan(MessagePages.ONE, q -> q.bind(0, ROOM).bind(1, Columns.uuid(MIDDLE))), "messages_by_id");
    }

    @Test
    void repeatsAreFoundByTheirKeys() {
        List<UUID> keys =
                IntStream.range(0, 1_000).mapToObj(i -> UUID.randomUUID()).toList();
        String plan = plan(
                KnownOutcomes.FIND,
                q -> q.bind("rooms", UuidArray.of(keys, key -> ROOM))
                        .bind("senders", UuidArray.of(keys, key -> USER))
                        .bind("commands", UuidArray.of(keys, key -> key)));

        assertThat(plan)
                .contains("messages_sent_once", "rejections_once", "message_changes_once")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aPageOfTheTimelineIsOneRangeOfEachOfItsTwoIndexes() {
        String plan = plan(
                MessagePages.EVENTS,
                q -> q.bind("room", ROOM).bind("after", 500L).bind("limit", 501));

        assertThat(plan)
                .contains("messages_by_seq", "message_changes_by_seq")
                .doesNotContain("Seq Scan on messages", "Seq Scan on message_changes");
    }

    @Test
    void whoIsToBeToldOfMessagesIsFoundWithoutReadingOtherRooms() {
        List<UUID> ids =
                IntStream.range(0, 100).mapToObj(i -> Columns.uuid(MIDDLE)).toList();
        String current = plan(
                JdbiNotificationStore.CURRENT,
                q -> q.bind("rooms", UuidArray.of(ids, id -> ROOM)).bind("ids", UuidArray.of(ids, id -> id)));
        assertThat(current).contains("messages_by_id").doesNotContain("Seq Scan on messages");

        String unaware = plan(
                JdbiNotificationStore.UNAWARE,
                q -> q.bind("room", ROOM)
                        .bind("seq", 500L)
                        .bind("author", USER)
                        .bind("mentions", UuidArray.of(List.of(USER), id -> id))
                        .bind("after", USER)
                        .bind("limit", 501));
        assertThat(unaware).containsOnlyOnce("room_members_pkey").doesNotContain("Seq Scan");
    }

    @Test
    void whoIsMentionedIsFoundByNicknameAndNotByReadingTheRoom() {
        List<String> names = IntStream.range(0, 200).mapToObj(i -> "n" + i).toList();
        String plan = plan(
                LockedRooms.NAMED,
                q -> q.bind(0, UuidArray.of(names, name -> ROOM)).bind(1, Columns.texts(names, name -> name)));

        assertThat(plan).contains("room_members_pkey").doesNotContain("Seq Scan on room_members");
    }

    @Test
    void membersAreFoundByTheirKeys() {
        List<UUID> keys =
                IntStream.range(0, 1_000).mapToObj(i -> UUID.randomUUID()).toList();
        String plan = plan(
                LockedRooms.SEATS,
                q -> q.bind(0, UuidArray.of(keys, key -> ROOM)).bind(1, UuidArray.of(keys, key -> key)));

        assertThat(plan).contains("room_members_pkey", "users_pkey").doesNotContain("Seq Scan");
    }

    @Test
    void aSearchForUsersIsARangeOfTheirNicknames() {
        assertThat(plan(
                        JdbiUserStore.SEARCH,
                        q -> q.bind("begin", "kim")
                                .bind("end", JdbiUserStore.LAST)
                                .bind("limit", 51)))
                .containsOnlyOnce("users_by_nickname_beginning")
                .doesNotContain("Seq Scan", "Bitmap");
        assertThat(plan(
                        JdbiUserStore.SEARCH_AFTER,
                        q -> q.bind("begin", "kim")
                                .bind("end", JdbiUserStore.LAST)
                                .bind("nickname", "kim")
                                .bind("id", USER)
                                .bind("limit", 51)))
                .containsOnlyOnce("users_by_nickname_beginning")
                .doesNotContain("Seq Scan", "Bitmap");
    }

    @Test
    void markersThatMoveTogetherAreFoundByTheirKeys() {
        String plan = planOfMarkers();

        assertThat(plan).contains("messages_by_id", "messages_deleted").doesNotContain("Seq Scan on messages");
        assertMembersByTheirKey(plan);
    }

    @Test
    void thoseWhoEnterRoomsTogetherAreFoundByTheirKeys() {
        assertMembersByTheirKey(planOfArrivals());
    }

    /** As in the first minutes of a table, before autovacuum has counted it. */
    @Test
    void membersAreFoundByTheirKeysAlsoWhenNobodyHasCountedThem() {
        POSTGRES.sql("delete from pg_statistic where starelid = 'room_members'::regclass");
        POSTGRES.sql("update pg_class set reltuples = -1 where relname = 'room_members'");
        try {
            assertMembersByTheirKey(planOfArrivals());
            assertMembersByTheirKey(planOfMarkers());
        } finally {
            POSTGRES.sql("vacuum analyze room_members");
        }
    }

    private static void assertMembersByTheirKey(String plan) {
        assertThat(plan)
                .contains("room_members_pkey")
                .doesNotContain("Seq Scan on room_members", "room_members_of_user", "room_members_by_joining");
    }

    private static String planOfMarkers() {
        List<UUID> marks = IntStream.range(0, 500).mapToObj(i -> ROOM).toList();
        return plan(
                JdbiReadMarkers.MOVE_MANY,
                q -> q.bind("rooms", UuidArray.of(marks, mark -> ROOM))
                        .bind("users", UuidArray.of(marks, mark -> USER))
                        .bind("messages", UuidArray.of(marks, mark -> Columns.uuid(MIDDLE)))
                        .bind("millis", Columns.longs(marks, mark -> 0L)));
    }

    private static String planOfArrivals() {
        List<UUID> arrivals = IntStream.range(0, 500).mapToObj(i -> ROOM).toList();
        return plan(
                Standings.OF_EACH,
                q -> q.bind("rooms", UuidArray.of(arrivals, each -> ROOM))
                        .bind("users", UuidArray.of(arrivals, each -> USER)));
    }

    @Test
    void aSearchReadsTheNewestEndsOfListsAndNothingElse() {
        POSTGRES.sql(
                "insert into search_postings (list, message_id)"
                        + " select l, gen_random_uuid() from generate_series(1, 40) l, generate_series(1, 1000) on conflict do nothing");
        POSTGRES.sql("vacuum analyze search_postings");
        List<UUID> rooms =
                IntStream.range(0, ROOMS).mapToObj(i -> UUID.randomUUID()).toList();
        for (int words = 1; words <= FoundMessages.WORDS; words++) {
            int lists = words;
            String plan = plan(FoundMessages.find(words), q -> {
                for (int i = 1; i <= lists; i++) {
                    q.bind("list" + i, Columns.longs(rooms, room -> 1L));
                }
                return q.bind("rooms", UuidArray.of(rooms, room -> room))
                        .bind("before", new UUID(-1, -1))
                        .bind("limit", 51);
            });
            assertThat(plan).contains("Index Only Scan Backward").doesNotContain("Seq Scan", "Bitmap", "Hash");
        }
    }

    @Test
    void unreadCountsReadNoMessageButDeletedOnes() {
        assertThat(plan(JdbiReadMarkers.ALL, q -> q.bind(0, USER)))
                .contains("room_members_of_user", "messages_deleted")
                .doesNotContain("Seq Scan", "messages_by");
        assertThat(plan(RoomList.FIRST, q -> q.bind("user", USER).bind("limit", 51)))
                .contains("room_members_of_user", "messages_deleted")
                .doesNotContain("Seq Scan", "messages_by");
    }

    /** An update that touches no index and finds room on its page is heap-only: that is what makes heads cheap to move. */
    @Test
    void headsAndMarkersMoveWithoutTouchingAnIndex() {
        StoreScene scene = new StoreScene(POSTGRES);
        List<User> users = scene.users(20);
        Room room = scene.room(users.getFirst(), users.subList(1, 20).toArray(User[]::new));
        POSTGRES.sql("select pg_stat_reset()");
        CommandTape tape = new CommandTape();
        int batches = 50;
        for (int i = 0; i < batches; i++) {
            List<Command> posts = new ArrayList<>();
            users.forEach(user -> posts.add(Samples.post(room.id(), user.id(), "x")));
            scene.store(tape.append(posts));
        }

        assertHeapOnly("rooms", batches);
        assertHeapOnly("room_members", batches * users.size());
    }

    private static void assertHeapOnly(String table, int updates) {
        Eventually.holds(
                () -> assertThat(POSTGRES.ask("select n_tup_upd >= " + updates + " and n_tup_hot_upd > 0.9 * n_tup_upd"
                                + " from pg_stat_user_tables where relname = '" + table + "'"))
                        .isEqualTo("t"));
    }
}
