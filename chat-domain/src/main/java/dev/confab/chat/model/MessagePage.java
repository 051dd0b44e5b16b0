package dev.confab.chat.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of history, ascending by {@link Sequence}.
 *
 * @param nextCursor continues in the direction asked; null at the end and for {@link HistoryQuery.Around}
 * @param hasMore whether messages lie behind this page in the direction asked (for Around: on either side)
 */
public record MessagePage(List<Message> items, @Nullable MessageId nextCursor, boolean hasMore) {}
