package dev.confab.chat.port.out;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.LetterAddressee;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * A record that was taken out of the way (G11).
 *
 * @param offset its place in {@code partition}
 * @param addressee who is told that it was parked; null when that cannot be told from the record, or it was no command
 * @param command what it asked for; null when it could not be read, or was no command
 * @param key the record's key as it was, in base 64 (RFC 4648 section 4)
 * @param payload the record's value as it was, in base 64; empty when it had none, or when only the command is at hand
 * @param reason one line for an operator
 */
public record DeadLetter(
        CommandPartition partition,
        long offset,
        LetterCause cause,
        @Nullable LetterAddressee addressee,
        @Nullable Command command,
        @Nullable String key,
        String payload,
        String reason,
        TraceId traceId) {

    /** The same record at another place of its partition. */
    public DeadLetter at(long other) {
        return new DeadLetter(partition, other, cause, addressee, command, key, payload, reason, traceId);
    }

    /** A command that the store refuses. */
    public static DeadLetter refused(CommandPartition partition, long offset, Command command, String reason) {
        return new DeadLetter(
                partition,
                offset,
                LetterCause.REFUSED,
                new LetterAddressee(
                        command.roomId(),
                        command.senderId(),
                        command.commandId(),
                        command instanceof Command.Change change ? change.messageId() : null),
                command,
                null,
                "",
                reason,
                command.traceId());
    }
}
