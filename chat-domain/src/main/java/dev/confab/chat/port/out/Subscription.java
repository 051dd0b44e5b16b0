package dev.confab.chat.port.out;

import java.util.concurrent.CompletionStage;

/** Something that listens until it is closed. Safe on any thread. */
public interface Subscription extends AutoCloseable {

    /** Completes once nothing can be missed any more; exceptionally when it never will. */
    CompletionStage<Void> ready();

    /** Stops listening; after it returned no call-back runs or begins. Blocks for at most 5 s; idempotent. */
    @Override
    void close();
}
