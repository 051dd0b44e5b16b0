package dev.confab.chat.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a longer list.
 *
 * @param nextCursor continues the list in the direction asked; null when there is nothing more
 */
public record Page<T, C>(List<T> items, @Nullable C nextCursor) {

    /** Whether the list goes on behind this page. */
    public boolean hasMore() {
        return nextCursor != null;
    }

    /** Cuts a page of {@code limit} out of rows of which one more than {@code limit} was asked for. */
    public static <T, C> Page<T, C> of(List<T> rows, int limit, Function<T, C> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, cursor.apply(items.getLast()));
    }

    /** The cursor, when there is one. */
    public Optional<C> next() {
        return Optional.ofNullable(nextCursor);
    }
}
