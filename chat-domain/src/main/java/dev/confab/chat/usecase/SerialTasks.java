package dev.confab.chat.usecase;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Runs blocking tasks in the background, those with the same key one after another. Failures are dropped. */
final class SerialTasks {

    private final Background background;
    private final Map<Object, CompletionStage<Boolean>> last = new ConcurrentHashMap<>();

    SerialTasks(Background background) {
        this.background = background;
    }

    void run(Object key, Runnable task) {
        CompletionStage<Boolean> mine = last.compute(
                key, (k, before) -> before == null ? start(task) : before.thenCompose(done -> start(task)));
        mine.thenRun(() -> last.remove(key, mine));
    }

    private CompletionStage<Boolean> start(Runnable task) {
        return background
                .call(() -> {
                    task.run();
                    return true;
                })
                .exceptionally(fault -> false);
    }
}
