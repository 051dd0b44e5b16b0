package dev.confab.netty.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Violation;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.List;

/**
 * Why a request was not done, as a problem document (RFC 9457). The {@code type} is {@code about:blank} and the title
 * therefore that of the status (section 4.2.1); clients tell problems apart by {@code code}.
 *
 * @param status the HTTP status
 * @param code a stable kebab-case word
 * @param detail a sentence for a person; names nothing of the inside
 * @param errors the broken rules; written only when there are some
 * @param retryable whether the same request may succeed later
 */
public record Problem(int status, String code, String detail, List<Violation> errors, boolean retryable)
        implements JsonBody {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem without broken rules that will not go away by itself. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), false);
    }

    /** What a refusal of the domain is called here. */
    public static Problem of(Refusal refusal) {
        return new Problem(
                status(refusal.code()),
                refusal.code().word(),
                refusal.message(),
                refusal.violations(),
                refusal.code().retryable());
    }

    /** What a refusal of the domain is called here. */
    public static Problem of(Refusal.Code code) {
        return of(Refusal.of(code));
    }

    /** The same problem under another status. */
    public Problem withStatus(int otherStatus) {
        return new Problem(otherStatus, code, detail, errors, retryable);
    }

    private static int status(Refusal.Code code) {
        return switch (code) {
            case VALIDATION -> 400;
            case UNAUTHENTICATED, BAD_CREDENTIALS -> 401;
            case NOT_A_MEMBER, FORBIDDEN, BANNED -> 403;
            case NOT_FOUND, ROOM_NOT_FOUND, MESSAGE_NOT_FOUND, USER_NOT_FOUND -> 404;
            case GONE -> 410;
            case EMAIL_TAKEN, ROOM_FULL, ROOM_CLOSED, PARKED -> 409;
            case RATE_LIMITED -> 429;
            case UNAVAILABLE, OUTCOME_UNKNOWN -> 503;
        };
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "about:blank");
        json.writeStringField("title", HttpResponseStatus.valueOf(status).reasonPhrase());
        json.writeNumberField("status", status);
        json.writeStringField("detail", detail);
        json.writeStringField("code", code);
        if (!errors.isEmpty()) {
            json.writeArrayFieldStart("errors");
            for (Violation error : errors) {
                json.writeStartObject();
                json.writeStringField("field", error.field());
                json.writeStringField("rule", error.rule());
                json.writeStringField("message", error.message());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeBooleanField("retryable", retryable);
        json.writeEndObject();
    }
}
