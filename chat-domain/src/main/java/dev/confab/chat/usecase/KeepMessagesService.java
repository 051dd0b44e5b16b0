package dev.confab.chat.usecase;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.in.KeepMessages;
import dev.confab.chat.port.out.MessageRetention;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes rules of rooms down, and reads them. */
final class KeepMessagesService implements KeepMessages {

    private static final int PAGE = 100;

    private final MessageRetention retention;

    KeepMessagesService(MessageRetention retention) {
        this.retention = retention;
    }

    @Override
    public Result<RoomId> keep(RoomId roomId, @Nullable RetentionRule rule) {
        return retention.rule(roomId, rule) ? Result.ok(roomId) : Result.refused(Refusal.Code.ROOM_NOT_FOUND);
    }

    @Override
    public void list(Consumer<RetentionRule.OfRoom> each) {
        Page<RetentionRule.OfRoom, RoomId> page = retention.rules(null, PAGE);
        page.items().forEach(each);
        while (page.hasMore()) {
            page = retention.rules(page.nextCursor(), PAGE);
            page.items().forEach(each);
        }
    }
}
