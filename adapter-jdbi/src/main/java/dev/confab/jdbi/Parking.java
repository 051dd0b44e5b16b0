package dev.confab.jdbi;

import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.TraceId;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.timeline.CommandKey;
import dev.confab.chat.timeline.RoomTimeline;
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
        LetterAddressee whose = letter.addressee();
        insert(letter, whose);
        return whose == null ? Optional.empty() : Optional.of(settle(whose, letter.traceId(), epoch));
    }

    private void insert(DeadLetter letter, @Nullable LetterAddressee whose) {
        handle.createUpdate(INSERT)
                .bind("topic", letter.partition().log())
                .bind("partition", letter.partition().number())
                .bind("offset", letter.offset())
                .bind("room", whose == null ? null : whose.roomId().value())
                .bind("sender", whose == null ? null : whose.senderId().value())
                .bind("command", whose == null ? null : whose.commandId().value())
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

    private Publication settle(LetterAddressee whose, TraceId traceId, Epoch epoch) {
        LockedRooms.Row room = LockedRooms.lock(handle, List.of(whose.roomId())).get(whose.roomId());
        CommandKey key = new CommandKey(whose.senderId(), whose.commandId());
        Outcome outcome = KnownOutcomes.find(handle, whose.roomId(), key).orElseGet(() -> {
            new FreshOutcomes(handle, now)
                    .insertRefused(List.of(new FreshOutcomes.Refused(whose.roomId(), key, Rejection.PARKED)));
            return new Outcome.Rejected(Rejection.PARKED);
        });
        return StoringTransaction.publication(
                epoch, room, traceId, RoomTimeline.event(whose.roomId(), key, whose.messageId(), outcome));
    }
}
