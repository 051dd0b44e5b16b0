package dev.confab.chat.port.out;

import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.Violation;
import java.util.Optional;

/**
 * What may be said, beyond the limits that hold everywhere: the rules of an operator or of a host product. Asked before a
 * message is accepted, never after.
 */
@FunctionalInterface
public interface ContentPolicy {

    /** Everything may be said. */
    ContentPolicy ANYTHING = body -> Optional.empty();

    /**
     * What is wrong with a message that somebody wants to send; empty when nothing is. Does not block; never throws; safe
     * on an event loop.
     *
     * @param body within the limits that hold everywhere
     */
    Optional<Violation> check(MessageBody body);
}
