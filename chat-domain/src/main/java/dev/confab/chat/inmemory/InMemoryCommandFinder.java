package dev.confab.chat.inmemory;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.CommandFinder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds commands by their names, in memory. Does not know where they lay in the command log. */
final class InMemoryCommandFinder implements CommandFinder {

    private final InMemoryDatabase database;

    InMemoryCommandFinder(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public List<Found> find(ClientMessageId commandId, @Nullable RoomId roomId, @Nullable UserId senderId) {
        return database.transaction(tables -> {
            List<Found> found = new ArrayList<>();
            tables.outcomes.forEach((room, outcomes) -> outcomes.forEach((key, outcome) -> {
                if (key.commandId().equals(commandId)
                        && (roomId == null || roomId.equals(room))
                        && (senderId == null || senderId.equals(key.senderId()))) {
                    Outcome present = tables.present(outcome);
                    Instant at = present instanceof Outcome.Persisted(var message) ? message.createdAt() : null;
                    found.add(new Found(room, key.senderId(), present, at, null, 0));
                }
            }));
            return found;
        });
    }
}
