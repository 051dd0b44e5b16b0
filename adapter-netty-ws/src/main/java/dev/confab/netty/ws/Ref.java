package dev.confab.netty.ws;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The name a client gave to one of its frames. */
sealed interface Ref {

    void write(JsonGenerator json) throws IOException;

    /** Any text. */
    record Text(String value) implements Ref {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeString(value);
        }
    }

    /** A number, digit for digit as the client wrote it: {@code 1.0} must not come back as {@code 1}. */
    record Digits(String text) implements Ref {
        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeRawValue(text);
        }
    }
}
