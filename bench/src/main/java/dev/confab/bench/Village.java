package dev.confab.bench;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.jdbi.JdbiStores;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/** Many people, each in three rooms of a hundred. */
record Village(List<UserId> people, List<RoomId> rooms) {

    static final int ROOM_SIZE = 100;
    static final int ROOMS_EACH = 3;

    /**
     * Makes them in the database itself, before servers are started on it.
     *
     * @param count of people; a multiple of 100
     */
    static Village settle(Installation servers, String database, int count) throws SQLException {
        List<List<Integer>> members = IntStream.range(0, ROOMS_EACH * count / ROOM_SIZE)
                .mapToObj(room -> IntStream.range(0, ROOM_SIZE)
                        .map(place -> (room * ROOM_SIZE + place) % count)
                        .boxed()
                        .toList())
                .toList();
        try (JdbiStores stores = servers.stores(database)) {
            Installation.Cast cast = servers.cast(stores, count, members);
            return new Village(cast.people(), cast.rooms());
        }
    }

    List<RoomId> roomsOf(int person) {
        int streets = people.size() / ROOM_SIZE;
        return IntStream.range(0, ROOMS_EACH)
                .mapToObj(kind -> rooms.get(kind * streets + person / ROOM_SIZE))
                .toList();
    }

    /** Who may write in a room: one of its people, by number. */
    int memberOf(int room) {
        return room * ROOM_SIZE % people.size();
    }
}
