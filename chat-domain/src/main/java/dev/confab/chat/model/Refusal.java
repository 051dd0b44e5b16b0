package dev.confab.chat.model;

import java.util.List;

/**
 * Why something that was asked for was not done. A value, not an exception: refusals are part of normal life.
 *
 * @param message a sentence for a person; names nothing of the inside
 * @param violations the broken rules, for {@link Code#VALIDATION}; else empty
 */
public record Refusal(Code code, String message, List<Violation> violations) {

    /** A refusal with the code's own sentence. */
    public static Refusal of(Code code) {
        return new Refusal(code, code.sentence, List.of());
    }

    /** A refusal for broken rules. */
    public static Refusal invalid(List<Violation> violations) {
        return new Refusal(Code.VALIDATION, violations.getFirst().message(), List.copyOf(violations));
    }

    /** A refusal for one broken rule. */
    public static Refusal invalid(Violation violation) {
        return invalid(List.of(violation));
    }

    /** What a stored rejection is called when somebody asks directly. */
    public static Refusal of(Rejection rejection) {
        return of(
                switch (rejection) {
                    case ROOM_NOT_FOUND -> Code.ROOM_NOT_FOUND;
                    case ROOM_CLOSED -> Code.ROOM_CLOSED;
                    case NOT_A_MEMBER -> Code.NOT_A_MEMBER;
                    case MESSAGE_NOT_FOUND -> Code.MESSAGE_NOT_FOUND;
                    case FORBIDDEN -> Code.FORBIDDEN;
                    case PARKED -> Code.PARKED;
                });
    }

    /** The stable words of the outside contract. */
    public enum Code {
        /** A rule for the input is broken; see {@link Refusal#violations()}. */
        VALIDATION("validation", false, "The input breaks a rule."),
        /** No valid access token. */
        UNAUTHENTICATED("unauthenticated", false, "A valid access token is needed."),
        /** Wrong e-mail address or password, and never which. */
        BAD_CREDENTIALS("bad-credentials", false, "The e-mail address or the password is wrong."),
        /** Not in the room. */
        NOT_A_MEMBER("not-a-member", false, "You are not a member of this room."),
        /** The rank does not reach. */
        FORBIDDEN("forbidden", false, "You may not do this."),
        /** Banned from the room. */
        BANNED("banned", false, "You are banned from this room."),
        /** No such thing. */
        NOT_FOUND("not-found", false, "There is nothing here."),
        /** No such room, or none that the caller may know of. */
        ROOM_NOT_FOUND("room-not-found", false, "There is no such room."),
        /** No such message in the room. */
        MESSAGE_NOT_FOUND("message-not-found", false, "There is no such message in this room."),
        /** No such user. */
        USER_NOT_FOUND("user-not-found", false, "There is no such user."),
        /** It was there and was deleted for good. */
        GONE("gone", false, "That part of the timeline was deleted for good."),
        /** Somebody registered with that address. */
        EMAIL_TAKEN("email-taken", false, "This e-mail address is taken."),
        /** As many members as the room takes. */
        ROOM_FULL("room-full", false, "The room is full."),
        /** Closed rooms take nothing more. */
        ROOM_CLOSED("room-closed", false, "The room is closed."),
        /** Too much in too short a time. */
        RATE_LIMITED("rate-limited", true, "Too many requests. Wait a little."),
        /** Something that is needed is away. Certainly not done. */
        UNAVAILABLE("unavailable", true, "The service is not available at the moment. Nothing was done."),
        /** It may or may not have been done; the same {@code clientMsgId} may be sent again (G1). */
        OUTCOME_UNKNOWN(
                "outcome-unknown",
                true,
                "The message may or may not have been accepted. Send the same clientMsgId again."),
        /** Accepted, but could not be stored; an operator has it. */
        PARKED("parked", false, "The message could not be stored and was put aside for an operator.");

        private final String word;
        private final boolean retryable;
        private final String sentence;

        Code(String word, boolean retryable, String sentence) {
            this.word = word;
            this.retryable = retryable;
            this.sentence = sentence;
        }

        /** The stable kebab-case word that clients see. */
        public String word() {
            return word;
        }

        /** Whether the same request may succeed later. */
        public boolean retryable() {
            return retryable;
        }
    }
}
