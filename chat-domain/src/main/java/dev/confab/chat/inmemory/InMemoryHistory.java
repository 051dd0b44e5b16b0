package dev.confab.chat.inmemory;

import dev.confab.chat.inmemory.InMemoryRoom.Changed;
import dev.confab.chat.inmemory.InMemoryRoom.Stored;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.HistoryQuery;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessagePage;
import dev.confab.chat.model.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cuts pages out of a room's messages. */
final class InMemoryHistory {

    private final InMemoryRoom room;
    private final UnaryOperator<Message> view;

    InMemoryHistory(InMemoryRoom room, UnaryOperator<Message> view) {
        this.room = room;
        this.view = view;
    }

    MessagePage page(HistoryQuery query, int limit) {
        int size = room.messages().size();
        return switch (query) {
            case HistoryQuery.Newest() -> backwards(size, limit);
            case HistoryQuery.Before(var id) -> backwards(room.firstFrom(id), limit);
            case HistoryQuery.After(var id) -> {
                int from = room.firstFrom(id);
                boolean exists =
                        from < size && room.messages().get(from).message().id().equals(id);
                yield forwards(exists ? from + 1 : from, limit);
            }
            case HistoryQuery.AfterSeq(var seq) -> forwards(room.firstAfter(seq), limit);
            case HistoryQuery.Around(var id) -> {
                int middle = room.firstFrom(id);
                int before = limit / 2;
                int from = Math.max(0, middle - before);
                int to = Math.min(size, middle + limit - before);
                yield new MessagePage(between(from, to), null, from > 0 || to < size);
            }
        };
    }

    /** The timeline, ascending: messages, and among them their changes. */
    List<ChatEvent.Timeline> events(Sequence after, int limit) {
        List<Stored> messages = room.messages();
        List<Changed> changes = room.changes();
        int message = room.firstAfter(after);
        int change = room.firstChangeAfter(after);
        List<ChatEvent.Timeline> events = new ArrayList<>();
        while (events.size() < limit && (message < messages.size() || change < changes.size())) {
            boolean posted = change == changes.size()
                    || (message < messages.size()
                            && changes.get(change)
                                    .seq()
                                    .isAfter(messages.get(message).message().seq()));
            events.add(
                    posted
                            ? new ChatEvent.MessagePosted(
                                    view.apply(messages.get(message++).message()))
                            : event(changes.get(change++)));
        }
        return List.copyOf(events);
    }

    private ChatEvent.Timeline event(Changed changed) {
        Message now = view.apply(
                room.messages().get(room.firstFrom(changed.messageId())).message());
        return switch (changed.change()) {
            case EDIT -> new ChatEvent.MessageEdited(now, changed.seq(), changed.changedBy());
            case DELETE -> new ChatEvent.MessageDeleted(now, changed.seq(), changed.changedBy());
        };
    }

    private MessagePage backwards(int end, int limit) {
        int from = Math.max(0, end - limit);
        List<Message> items = between(from, end);
        return new MessagePage(items, from > 0 ? items.getFirst().id() : null, from > 0);
    }

    private MessagePage forwards(int from, int limit) {
        int size = room.messages().size();
        int end = Math.min(size, from + limit);
        List<Message> items = between(from, end);
        return new MessagePage(items, end < size ? items.getLast().id() : null, end < size);
    }

    List<Message> between(int from, int to) {
        List<Message> items = new ArrayList<>(to - from);
        for (Stored stored : room.messages().subList(from, to)) {
            items.add(view.apply(stored.message()));
        }
        return List.copyOf(items);
    }
}
