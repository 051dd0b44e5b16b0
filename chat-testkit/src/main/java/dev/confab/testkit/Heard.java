package dev.confab.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A listener that keeps what it hears, in order.
 *
 * <p>Heard on any thread; asked by one test at a time.
 *
 * @param <T> what is heard
 */
public final class Heard<T> implements Consumer<T> {

    private final LinkedBlockingQueue<T> heard = new LinkedBlockingQueue<>();

    @Override
    public void accept(T news) {
        heard.add(news);
    }

    /** The next that was not taken yet. Fails when nothing comes within {@link Eventually#PATIENCE}. */
    public T next() {
        T news = poll();
        if (news == null) {
            throw new AssertionError("heard nothing within " + Eventually.PATIENCE);
        }
        return news;
    }

    /** Takes until one fits. Fails when none comes within {@link Eventually#PATIENCE} after the one before. */
    public T next(Predicate<T> fits) {
        List<T> others = new ArrayList<>();
        for (T news = poll(); news != null; news = poll()) {
            if (fits.test(news)) {
                return news;
            }
            others.add(news);
        }
        throw new AssertionError("heard nothing that fits, only " + others);
    }

    /** Takes the next {@code count}. Fails when one of them does not come within {@link Eventually#PATIENCE}. */
    public List<T> take(int count) {
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(next());
        }
        return taken;
    }

    /** Takes all that was heard so far; does not wait. */
    public List<T> drain() {
        List<T> taken = new ArrayList<>();
        heard.drainTo(taken);
        return taken;
    }

    private @Nullable T poll() {
        try {
            return heard.poll(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
