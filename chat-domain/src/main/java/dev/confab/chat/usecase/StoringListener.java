package dev.confab.chat.usecase;

import dev.confab.chat.model.Publication;
import java.util.List;

/** Hears of the batches that a worker stores, several at a time. Called on any thread; must be quick and not throw. */
interface StoringListener {

    /** A batch is on its way into the store. */
    void begun();

    /**
     * It has ended.
     *
     * @param published what was stored and published; empty when that failed
     */
    void ended(List<Publication> published);
}
