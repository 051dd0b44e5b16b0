package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that is known of where a command has been. */
public sealed interface TraceStep {

    /** When; null where that is not known. */
    @Nullable
    Instant at();

    /** A place in a log, as {@link ParkedLetter.Origin}. */
    sealed interface InLog extends TraceStep {
        /** Where it lies. */
        ParkedLetter.Origin place();

        /** The room it is about. */
        RoomId roomId();

        /** Whose command it is; null where that cannot be told, or it is the server's. */
        @Nullable
        UserId senderId();
    }

    /**
     * The command log holds it (G1). Each time that it was sent, and each replay, is a step of its own.
     *
     * @param at by the clock of the gateway
     * @param readable whether workers of this version can read it
     * @param replayed whether an operator put it back from among the dead letters
     */
    record Accepted(
            ParkedLetter.Origin place,
            Instant at,
            RoomId roomId,
            @Nullable UserId senderId,
            TraceId traceId,
            boolean readable,
            boolean replayed)
            implements InLog {}

    /**
     * What became of it is stored.
     *
     * @param at when a message was stored, or a command refused; null for edits and deletions
     * @param place of the command that was stored; null where the store does not know it
     */
    record Ended(
            RoomId roomId,
            UserId senderId,
            Outcome outcome,
            @Nullable Instant at,
            ParkedLetter.@Nullable Origin place) implements TraceStep {}

    /**
     * It was told to all gateways.
     *
     * @param at by the clock of the worker
     * @param what in a word: posted, edited, deleted, or the code of a refusal
     */
    record Published(
            ParkedLetter.Origin place,
            Instant at,
            RoomId roomId,
            @Nullable UserId senderId,
            TraceId traceId,
            String what)
            implements InLog {}

    /** It lies among the dead letters. */
    record Parked(ParkedLetter letter, @Nullable LetterState state) implements TraceStep {
        @Override
        public Instant at() {
            return letter.parkedAt();
        }
    }

    /**
     * What a gateway says of the message on its way out. Being handed to a session is not being received: a slow client
     * may be given {@code roomHead} in its place (G13).
     *
     * @param at when it was handed to sessions; null when it was not, or that was forgotten
     * @param sessions how many; 0 unless handed
     */
    record Delivered(
            ServerId serverId,
            Kind kind,
            int sessions,
            @Nullable Instant at) implements TraceStep {

        /** What a gateway can say. */
        public enum Kind {
            /** It was handed to sessions. */
            HANDED,
            /** It was not: nobody there was in the room. */
            NOBODY,
            /** Too much was delivered since, or the gateway was started later. */
            FORGOTTEN
        }
    }
}
