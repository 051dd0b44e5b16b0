package dev.confab.chat.port.out;

/**
 * What it takes to tell of what happened to rooms.
 *
 * @param messageLog says in which life of the store it happened
 * @param rooms says which rooms want no announcements
 * @param users says what people are called in announcements
 */
public record RelayPorts(Outbox outbox, EventBus eventBus, MessageLog messageLog, RoomStore rooms, UserStore users) {}
