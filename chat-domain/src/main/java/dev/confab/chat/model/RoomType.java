package dev.confab.chat.model;

/** What a room is for. */
public enum RoomType {
    /** Any number of members. */
    GROUP,
    /** Exactly two people; one such room per pair. */
    DIRECT,
    /** About one booking of the host product. */
    BOOKING
}
