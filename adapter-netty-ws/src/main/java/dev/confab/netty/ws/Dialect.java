package dev.confab.netty.ws;

import dev.confab.chat.port.in.AdmitUser;
import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.in.MarkRead;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.netty.limit.Limits;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What all connections share.
 *
 * @param blocking runs calls that block
 * @param ticker measures how long things take
 * @param events the handler of each event but {@code authenticate}
 */
record Dialect(
        Authenticate authenticate,
        AdmitUser admitUser,
        LiveChat liveChat,
        WebSocketSettings settings,
        Executor blocking,
        Clock clock,
        Ticker ticker,
        WebSocketMetrics metrics,
        Map<String, EventHandler> events) {

    /** The catalogue of what clients may send. */
    static Map<String, EventHandler> events(
            PostMessage postMessage,
            EditMessage editMessage,
            DeleteMessage deleteMessage,
            MarkRead markRead,
            Limits limits) {
        JoinEvents joins = new JoinEvents(limits);
        ChangeEvents changes = new ChangeEvents(editMessage, deleteMessage, limits);
        RoomEvents rooms = new RoomEvents(markRead);
        return Map.of(
                "joinRoom", joins::joinRoom,
                "joinRooms", joins::joinRooms,
                "leaveRoom", joins::leaveRoom,
                "sendMessage", new SendMessageEvent(postMessage, limits),
                "editMessage", changes::editMessage,
                "deleteMessage", changes::deleteMessage,
                "markRead", rooms::markRead,
                "typing", rooms::typing,
                "heartbeat", RoomEvents::heartbeat);
    }
}
