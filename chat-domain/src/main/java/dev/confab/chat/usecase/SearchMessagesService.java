package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SearchQuery;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.in.SearchMessages;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.RoomStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for messages in the index. */
final class SearchMessagesService implements SearchMessages {

    private final MessageSearch messages;
    private final RoomAccess access;

    SearchMessagesService(MessageSearch messages, RoomStore rooms) {
        this.messages = messages;
        this.access = new RoomAccess(rooms);
    }

    @Override
    public Result<Page<Message, MessageId>> search(
            UserId caller, @Nullable String text, @Nullable RoomId roomId, @Nullable MessageId before, int limit) {
        PageLimit.require(limit, PageLimit.PAGE);
        Optional<Violation> violation = ChatLimits.text("q", text, 1, ChatLimits.MAX_SEARCH);
        if (text == null || violation.isPresent()) {
            return Result.refused(Refusal.invalid(violation.stream().toList()));
        }
        Optional<SearchQuery> query = SearchQuery.parse(text);
        if (query.isEmpty()) {
            return Result.refused(Refusal.invalid(
                    List.of(new Violation("q", "no-words", "q must have a letter or a digit to look for"))));
        }
        Optional<Refusal> refusal = roomId == null ? Optional.empty() : access.refusalFor(caller, roomId);
        return refusal.isPresent()
                ? Result.refused(refusal.get())
                : Result.ok(messages.search(caller, roomId, query.get(), before, limit));
    }
}
