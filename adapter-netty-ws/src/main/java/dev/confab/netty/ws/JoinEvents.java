package dev.confab.netty.ws;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.wire.Fields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code joinRoom}, {@code joinRooms} and {@code leaveRoom}. The answer to a join comes after the replayed events and
 * before any live one (G7).
 */
final class JoinEvents {

    private static final int LONGEST_EPOCH = 200;

    private final Limits limits;

    JoinEvents(Limits limits) {
        this.limits = limits;
    }

    CompletableFuture<?> joinRoom(ChatConnection connection, ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Optional<LiveChat.Resume> resume = resume(fields, epoch(fields));
        if (refused(connection, request, fields) || resume.isEmpty()) {
            return EventHandler.HANDLED;
        }
        return connection.whenDone(connection.session().join(resume.get()), (result, fault) -> {
            switch (result) {
                case Result.Ok<LiveChat.Entry> ok -> {
                    entered(connection, ok);
                    connection.write(ServerFrames.joined(connection.allocator(), request.ref(), ok.value()));
                }
                case Result.Refused<LiveChat.Entry> refused -> connection.refuse(request.ref(), refused.refusal());
                case null -> connection.failed(request.ref(), fault);
            }
        });
    }

    CompletableFuture<?> joinRooms(ChatConnection connection, ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Epoch epoch = epoch(fields);
        Optional<List<LiveChat.Resume>> rooms =
                fields.requiredObjects("rooms", ChatLimits.MAX_JOIN_ROOMS, room -> resume(room, epoch));
        if (refused(connection, request, fields) || rooms.isEmpty()) {
            return EventHandler.HANDLED;
        }
        return connection.whenDone(connection.session().joinAll(rooms.get()), (results, fault) -> {
            if (results == null) {
                connection.failed(request.ref(), fault);
            } else {
                results.forEach(result -> entered(connection, result));
                connection.write(ServerFrames.joinedAll(connection.allocator(), request.ref(), rooms.get(), results));
            }
        });
    }

    CompletableFuture<?> leaveRoom(ChatConnection connection, ClientFrame.Request request) {
        Fields fields = new Fields(request.data());
        Optional<RoomId> roomId = fields.requiredId("roomId", RoomId::parse);
        Optional<Refusal> refusal = fields.refusal();
        if (refusal.isPresent() || roomId.isEmpty()) {
            refusal.ifPresent(broken -> connection.refuse(request.ref(), broken));
            return EventHandler.HANDLED;
        }
        return connection.whenDone(connection.session().leave(roomId.get()), (left, fault) -> {
            if (fault == null) {
                connection.outbound().forget(roomId.get());
                connection.write(ServerFrames.done(connection.allocator(), request.ref()));
            } else {
                connection.failed(request.ref(), fault);
            }
        });
    }

    /** Answers what is wrong with the fields or with how often the client joins. */
    private boolean refused(ChatConnection connection, ClientFrame.Request request, Fields fields) {
        if (limits.takeJoin(connection.userId()) > 0) {
            connection.refuse(request.ref(), Refusal.of(Refusal.Code.RATE_LIMITED));
            connection.rateLimited();
            return true;
        }
        Optional<Refusal> refusal = fields.refusal();
        refusal.ifPresent(broken -> connection.refuse(request.ref(), broken));
        return refusal.isPresent();
    }

    private static void entered(ChatConnection connection, Result<LiveChat.Entry> result) {
        if (result instanceof Result.Ok<LiveChat.Entry> ok) {
            connection.outbound().forget(ok.value().roomId(), ok.value().seq());
        }
    }

    private static @Nullable Epoch epoch(Fields fields) {
        String text = fields.text("epoch");
        if (text == null) {
            return null;
        }
        if (text.length() > LONGEST_EPOCH) {
            fields.broken("epoch", "too-long", "epoch is longer than any that was ever told");
        }
        return new Epoch(text);
    }

    private static Optional<LiveChat.Resume> resume(Fields fields, @Nullable Epoch epoch) {
        Optional<RoomId> roomId = fields.requiredId("roomId", RoomId::parse);
        OptionalLong lastSeq = fields.integer("lastSeq");
        if (lastSeq.isPresent() && lastSeq.getAsLong() < 0) {
            fields.broken("lastSeq", "range", "lastSeq must be 0 or greater");
            return Optional.empty();
        }
        Sequence seen = lastSeq.isPresent() ? new Sequence(lastSeq.getAsLong()) : null;
        return roomId.map(room -> new LiveChat.Resume(room, seen, epoch));
    }
}
