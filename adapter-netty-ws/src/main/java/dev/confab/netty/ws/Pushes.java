package dev.confab.netty.ws;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.port.in.LiveChat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the live conversation tells a connection. Called on its event loop. */
final class Pushes implements LiveChat.Listener {

    private final ChatConnection connection;
    private final Duration reconnectAfterReset;

    Pushes(ChatConnection connection, Duration reconnectAfterReset) {
        this.connection = connection;
        this.reconnectAfterReset = reconnectAfterReset;
    }

    @Override
    public void onEvent(ChatEvent event) {
        connection.outbound().push(event);
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
