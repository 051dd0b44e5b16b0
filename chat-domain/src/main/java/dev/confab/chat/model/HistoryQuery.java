package dev.confab.chat.model;

/** Where in a room's messages a page lies. Whatever the direction, pages are ascending by {@link Sequence}. */
public sealed interface HistoryQuery {

    /** The newest messages. Continues backwards. */
    record Newest() implements HistoryQuery {}

    /** The messages just before {@code id}, which need not exist. Continues backwards. */
    record Before(MessageId id) implements HistoryQuery {}

    /** The messages just after {@code id}, which need not exist. Continues forwards. */
    record After(MessageId id) implements HistoryQuery {}

    /** Half of the page before {@code id}, the rest from {@code id} on. Does not continue. */
    record Around(MessageId id) implements HistoryQuery {}

    /** The messages just after {@code seq}. Continues forwards. */
    record AfterSeq(Sequence seq) implements HistoryQuery {}
}
