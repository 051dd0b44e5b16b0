package dev.confab.jdbi;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.timeline.CommandKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Records dead letters, inside one transaction that has locked their partition. */
final class Parking {

    private static final String INSERT = """
            insert into dead_letters (topic, partition, "offset", room_id, sender_id, command_id,
                                      record_key, payload, reason, trace_id, parked_at)
            values (:topic, :partition, :offset, :room, :sender, :command, :key, :payload, :reason, :trace, :now)
            on conflict do nothing
            """;

    private final Handle handle;
    private final Instant now;

    Parking(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    Optional<Publication> park(DeadLetter letter, Epoch epoch) {
        Command command = letter.command();
        insert(letter, command);
        return command == null ? Optional.empty() : Optional.of(settle(command, epoch));
    }

    private void insert(DeadLetter letter, @Nullable Command command) {
        handle.createUpdate(INSERT)
                .bind("topic", letter.partition().log())
                .bind("partition", letter.partition().number())
                .bind("offset", letter.offset())
                .bind("room", command == null ? null : command.roomId().value())
                .bind("sender", command == null ? null : command.senderId().value())
                .bind("command", command == null ? null : command.commandId().value())
                .bind("key", letter.key())
                .bind("payload", letter.payload())
                .bind("reason", storable(letter.reason()))
                .bind("trace", storable(letter.traceId().value()))
                .bind("now", Columns.time(now))
                .execute();
    }

    /** A reason may quote what could not be stored, and must not itself be refused for it. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private Publication settle(Command command, Epoch epoch) {
        LockedRooms.Row room =
                LockedRooms.lock(handle, List.of(command.roomId())).get(command.roomId());
        Outcome outcome = KnownOutcomes.find(handle, command.roomId(), CommandKey.of(command))
                .orElseGet(() -> {
                    new FreshOutcomes(handle, now)
                            .insertRefused(List.of(new FreshOutcomes.Refused(command, Rejection.PARKED)));
                    return new Outcome.Rejected(Rejection.PARKED);
                });
        return StoringTransaction.publication(epoch, room, command, outcome);
    }
}
