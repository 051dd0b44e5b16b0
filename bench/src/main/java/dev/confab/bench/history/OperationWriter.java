package dev.confab.bench.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes an operation as a line of JSON. Used on one thread. */
final class OperationWriter {

    private final JsonGenerator json;

    OperationWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Operation operation) throws IOException {
        json.writeStartObject();
        Operation.At at = operation.at();
        json.writeNumberField("t", at.nanos());
        json.writeNumberField("w", at.wallMillis());
        if (at.client() != Operation.At.NOBODY) {
            json.writeNumberField("c", at.client());
            json.writeNumberField("n", at.connection());
        }
        fields(operation);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void fields(Operation operation) throws IOException {
        switch (operation) {
            case Operation.Connected it -> {
                kind("connected");
                text("user", it.user());
                text("server", it.server());
                text("epoch", it.epoch());
            }
            case Operation.Joining it -> {
                inRoom("joining", it.room());
                if (it.lastSeq() != Operation.Joining.NONE) {
                    json.writeNumberField("lastSeq", it.lastSeq());
                }
            }
            case Operation.Joined it -> {
                inRoom("joined", it.room());
                json.writeNumberField("head", it.head());
                text("begin", it.begin().name());
                if (it.gapFrom() != 0) {
                    json.writeNumberField("gapFrom", it.gapFrom());
                }
            }
            case Operation.NotJoined it -> {
                inRoom("notJoined", it.room());
                text("code", it.code());
            }
            case Operation.Left it -> inRoom("left", it.room());
            case Operation.Sent it -> {
                inRoom("sent", it.room());
                text("key", it.key());
                text("content", it.content());
            }
            case Operation.Changing it -> {
                inRoom("changing", it.room());
                text("key", it.key());
                text("message", it.message());
                text("content", it.content());
            }
            case Operation.RoomHead it -> {
                inRoom("roomHead", it.room());
                json.writeNumberField("seq", it.seq());
            }
            case Operation.Until it -> {
                inRoom("until", it.room());
                json.writeNumberField("seq", it.seq());
            }
            case Operation.HistoryRead it -> {
                inRoom("historyRead", it.room());
                json.writeNumberField("head", it.head());
                text("epoch", it.epoch());
            }
            case Operation.Received it -> shown("received", it.shown());
            case Operation.Fetched it -> shown("fetched", it.shown());
            case Operation.Stored it -> shown("stored", it.shown());
            case Operation.Closed it -> {
                kind("closed");
                json.writeNumberField("code", it.code());
            }
            case Operation.Fault it -> {
                kind("fault");
                text("what", it.what());
            }
            case Operation.Accepted it -> {
                kind("accepted");
                text("key", it.key());
            }
            case Operation.Failed it -> {
                kind("failed");
                text("key", it.key());
                text("code", it.code());
            }
            case Operation.Persisted it -> {
                inRoom("persisted", it.room());
                text("key", it.key());
                text("id", it.id());
                json.writeNumberField("seq", it.seq());
            }
            case Operation.Rejected it -> {
                inRoom("rejected", it.room());
                text("key", it.key());
                text("code", it.code());
            }
            case Operation.Outcome it -> {
                inRoom("outcome", it.room());
                text("key", it.key());
                text("status", it.status().name());
                text("id", it.id());
                json.writeNumberField("seq", it.seq());
                text("reason", it.reason());
            }
        }
    }

    private void shown(String kind, Shown shown) throws IOException {
        inRoom(kind, shown.room());
        text("what", shown.what().name());
        json.writeNumberField("seq", shown.seq());
        text("id", shown.id());
        text("key", shown.key());
        text("sender", shown.sender());
        text("type", shown.type());
        text("content", shown.content());
    }

    private void inRoom(String kind, String room) throws IOException {
        kind(kind);
        text("room", room);
    }

    private void kind(String kind) throws IOException {
        text("k", kind);
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
