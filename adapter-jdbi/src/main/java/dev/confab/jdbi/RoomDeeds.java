package dev.confab.jdbi;

import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.RoomStore.Acted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * What people do in a room at the same time goes in one transaction. They would wait for each other anyway, for the
 * room's lock, and each would hold a connection while it waits: a crowd before one room would leave none to the others.
 * Safe on any thread; blocks.
 */
final class RoomDeeds {

    /** Messages of the room wait for its lock meanwhile. */
    private static final int MOST_TOGETHER = 16;

    /** How many connections can be taken by deeds at most. */
    private static final int LANES = 8;

    private final Database database;
    private final List<GroupCommit<Deed, Supplier<Acted>>> lanes;

    /** Something to be done in a room. */
    record Deed(RoomId roomId, UserId by, RoomAct act, Instant now) {
        Acted alone(Handle handle) {
            return all(handle, List.of(this)).getFirst();
        }
    }

    RoomDeeds(Database database) {
        this.database = database;
        this.lanes = IntStream.range(0, LANES)
                .mapToObj(i -> new GroupCommit<Deed, Supplier<Acted>>(MOST_TOGETHER, this::together))
                .toList();
    }

    /** Where the deeds of a room meet. What it answers gives the outcome, or throws what went wrong. */
    GroupCommit<Deed, Supplier<Acted>> of(RoomId roomId) {
        return lanes.get(Math.floorMod(roomId.hashCode(), LANES));
    }

    private List<Supplier<Acted>> together(List<Deed> deeds) {
        List<Supplier<Acted>> outcomes = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= deeds.size(); i++) {
            if (i == deeds.size()
                    || !deeds.get(i).roomId().equals(deeds.get(from).roomId())) {
                outcomes.addAll(inOneRoom(deeds.subList(from, i)));
                from = i;
            }
        }
        return outcomes;
    }

    private static List<Acted> all(Handle handle, List<Deed> deeds) {
        RoomActs acts = new RoomActs(handle, deeds.getFirst().roomId());
        List<Acted> outcomes = deeds.stream()
                .map(deed -> acts.act(deed.by(), deed.act(), deed.now()))
                .toList();
        acts.finish();
        return outcomes;
    }

    private List<Supplier<Acted>> inOneRoom(List<Deed> deeds) {
        try {
            return database.write(handle -> all(handle, deeds)).stream()
                    .map(acted -> (Supplier<Acted>) () -> acted)
                    .toList();
        } catch (RuntimeException failure) {
            // One alone may be at fault; it answers for itself, on the thread of who asked.
            return deeds.stream()
                    .map(deed -> deeds.size() == 1
                            ? (Supplier<Acted>) () -> {
                                throw failure;
                            }
                            : (Supplier<Acted>) () -> database.write(deed::alone))
                    .toList();
        }
    }
}
