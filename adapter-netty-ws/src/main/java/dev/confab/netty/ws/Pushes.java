package dev.confab.netty.ws;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.port.in.LiveChat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the live conversation tells a connection. Called on its event loop. */
final class Pushes implements LiveChat.Listener {

    private final ChatConnection connection;
    private final Duration reconnectAfterReset;
    private ChatEvent.@Nullable PresenceChanged latestPresence;

    Pushes(ChatConnection connection, Duration reconnectAfterReset) {
        this.connection = connection;
        this.reconnectAfterReset = reconnectAfterReset;
    }

    @Override
    public void onEvent(ChatEvent event) {
        if (event instanceof ChatEvent.PresenceChanged changed && !isNews(changed)) {
            return;
        }
        if (event instanceof ChatEvent.RoomChanged changed && endsOwnPlace(changed.change())) {
            connection.outbound().forget(event.roomId());
        }
        connection.outbound().push(event);
    }

    /** Who is no member any more is not told later what was missed in the room (G14). */
    private boolean endsOwnPlace(RoomChange change) {
        return change instanceof RoomChange.OfMember place
                && place.endsPlace()
                && place.userId().equals(connection.userId());
    }

    /** Who shares several rooms with somebody hears of him or her in each, and needs to be told but once. */
    private boolean isNews(ChatEvent.PresenceChanged changed) {
        ChatEvent.PresenceChanged before = latestPresence;
        latestPresence = changed;
        return before == null
                || !before.userId().equals(changed.userId())
                || !before.status().equals(changed.status());
    }

    @Override
    public void onReplay(ChatEvent.Timeline event) {
        connection.outbound().replay(event);
    }

    @Override
    public void onFlush() {
        connection.outbound().flush();
    }

    @Override
    public CompletionStage<Void> whenWritable() {
        return connection.outbound().whenWritable();
    }

    @Override
    public void onEnd(LiveChat.End reason) {
        switch (reason) {
            case LOGGED_OUT ->
                connection.close(
                        null,
                        new Refusal(Refusal.Code.UNAUTHENTICATED, "The login was ended.", List.of()),
                        CloseCode.UNAUTHENTICATED);
            case TOO_MANY_SESSIONS -> connection.close(CloseCode.TOO_MANY_SESSIONS);
            case STORE_RESET -> {
                connection.write(ServerFrames.goAway(connection.allocator(), "reset", reconnectAfterReset));
                connection.close(CloseCode.GOING_AWAY);
            }
        }
    }
}
