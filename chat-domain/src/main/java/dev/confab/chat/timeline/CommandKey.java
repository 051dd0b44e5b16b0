package dev.confab.chat.timeline;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.UserId;

/** What makes two commands of one room the same command (G2). */
public record CommandKey(UserId senderId, ClientMessageId commandId) {

    /** The key of a command. */
    public static CommandKey of(Command command) {
        return new CommandKey(command.senderId(), command.commandId());
    }
}
