package dev.confab.chat.usecase;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.FindOutcome;
import dev.confab.chat.port.out.MessageLog;
import java.util.Optional;

/** Looks outcomes up by their sender; nobody else can name them, so no membership is asked for. */
final class FindOutcomeService implements FindOutcome {

    private final MessageLog messageLog;

    FindOutcomeService(MessageLog messageLog) {
        this.messageLog = messageLog;
    }

    @Override
    public Optional<Outcome> find(UserId sender, RoomId roomId, ClientMessageId clientMessageId) {
        return messageLog.outcome(roomId, sender, clientMessageId);
    }
}
