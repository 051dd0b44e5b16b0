package dev.confab.netty.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.netty.http.RequestTarget;
import dev.confab.netty.limit.ClientAddress;
import dev.confab.netty.wire.Fields;
import dev.confab.netty.wire.Json;
import dev.confab.netty.wire.MalformedJsonException;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that found its route and may use it. Used by one thread at a time; its body is there until it was answered.
 *
 * @param principal who calls; null where anybody may
 */
record Call(
        FullHttpRequest request,
        Map<String, String> parameters,
        @Nullable Principal principal,
        ClientAddress address) {

    /** Who calls, on routes that need an access token. */
    UserId caller() {
        if (principal == null) {
            throw new IllegalStateException("The route is open to anybody");
        }
        return principal.userId();
    }

    RoomId roomId() {
        return id("roomId", RoomId::parse, Refusal.Code.ROOM_NOT_FOUND);
    }

    MessageId messageId() {
        return id("messageId", MessageId::parse, Refusal.Code.MESSAGE_NOT_FOUND);
    }

    UserId userId() {
        return id("userId", UserId::parse, Refusal.Code.USER_NOT_FOUND);
    }

    /** An id in the path. What is no id names nothing, and is answered as an id that names nothing. */
    <T> T id(String name, Function<String, Optional<T>> parser, Refusal.Code code) {
        return parser.apply(parameters.getOrDefault(name, ""))
                .orElseThrow(() -> new ProblemException(Refusal.of(code)));
    }

    /** The body, which must be a JSON object, whatever Content-Type says. */
    Fields fields() throws MalformedJsonException {
        return new Fields(Json.readObject(request.content()));
    }

    /** The body; none at all is an object without fields. */
    Fields optionalFields() throws MalformedJsonException {
        return request.content().isReadable() ? fields() : new Fields(JsonNodeFactory.instance.objectNode());
    }

    Query query() {
        return Query.of(RequestTarget.query(request.uri()));
    }

    /** Ends the call when a rule was broken. */
    static void check(Fields fields) {
        fields.refusal().ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
    }
}
