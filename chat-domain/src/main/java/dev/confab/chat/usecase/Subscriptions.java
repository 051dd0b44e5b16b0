package dev.confab.chat.usecase;

import dev.confab.chat.port.out.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Several subscriptions as one.
 *
 * @param first runs before they are closed
 */
record Subscriptions(List<Subscription> all, Runnable first) implements Subscription {

    @Override
    public CompletionStage<Void> ready() {
        return CompletableFuture.allOf(
                all.stream().map(each -> each.ready().toCompletableFuture()).toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        first.run();
        all.forEach(Subscription::close);
    }
}
