package dev.confab.chat.timeline;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.MessageId;
import java.util.Optional;

/** Which stored message a command depends on. */
public final class Targets {

    private Targets() {}

    /** The message that a command answers to or changes; empty when there is none. */
    public static Optional<MessageId> of(Command command) {
        return switch (command) {
            case Command.Post post -> Optional.ofNullable(post.replyTo());
            case Command.Announce announce -> Optional.empty();
            case Command.Change change -> Optional.of(change.messageId());
        };
    }
}
