package dev.confab.netty.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes one JSON value. */
@FunctionalInterface
public interface JsonBody {

    /** Writes exactly one value. */
    void write(JsonGenerator json) throws IOException;
}
