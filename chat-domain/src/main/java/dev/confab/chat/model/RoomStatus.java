package dev.confab.chat.model;

/** Whether a room takes messages. */
public enum RoomStatus {
    /** Takes messages and members. */
    OPEN,
    /** Keeps its history and takes nothing more. */
    CLOSED
}
