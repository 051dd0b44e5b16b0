package dev.confab.chat.model;

/**
 * Why an accepted command was not carried out. Final: a repeat of the command gets the same answer (G2, G6).
 */
public enum Rejection {
    /** There is no such room. */
    ROOM_NOT_FOUND("room-not-found"),
    /** The room is closed. */
    ROOM_CLOSED("room-closed"),
    /** The sender is not, or no longer, a member. */
    NOT_A_MEMBER("not-a-member"),
    /** The message answered to is not in the room, or the one to be changed is not there or was deleted. */
    MESSAGE_NOT_FOUND("message-not-found"),
    /** The message is somebody else's, and the sender's rank does not reach. */
    FORBIDDEN("forbidden"),
    /** The command could not be read or stored and lies in the dead-letter log. */
    PARKED("parked");

    private final String code;

    Rejection(String code) {
        this.code = code;
    }

    /** The stable word that clients see. */
    public String code() {
        return code;
    }

    /**
     * The rejection with that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Rejection ofCode(String code) {
        for (Rejection rejection : values()) {
            if (rejection.code.equals(code)) {
                return rejection;
            }
        }
        throw new IllegalArgumentException("No rejection has the code '" + code + "'");
    }
}
