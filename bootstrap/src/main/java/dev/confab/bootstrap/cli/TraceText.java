package dev.confab.bootstrap.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.ParkedLetter;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.TraceStep;
import dev.confab.chat.port.in.TraceMessage.Trace;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A trace as a timeline for people, and for programs. */
final class TraceText {

    private final ClientMessageId name;
    private final Trace trace;

    TraceText(ClientMessageId name, Trace trace) {
        this.name = name;
        this.trace = trace;
    }

    /** Whether anything was found. */
    boolean isKnown() {
        return !trace.steps().isEmpty();
    }

    void print(PrintWriter out) {
        out.println("Message " + name + (isKnown() ? "" : ": nothing is known of it"));
        Instant first = trace.steps().stream()
                .map(TraceStep::at)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        long accepted = 0;
        for (TraceStep step : trace.steps()) {
            accepted += step instanceof TraceStep.Accepted ? 1 : 0;
            out.printf("  %-24s %10s  %s%n", when(step.at()), after(first, step.at()), words(step, accepted));
        }
        out.println(looked());
        if (isStored() && trace.steps().stream().noneMatch(TraceStep.Delivered.class::isInstance)) {
            out.println("No gateway answered within 2 s: none runs, or Redis does not carry what is asked.");
        }
    }

    private boolean isStored() {
        return trace.steps().stream()
                .anyMatch(
                        step -> step instanceof TraceStep.Ended ended && ended.outcome() instanceof Outcome.Persisted);
    }

    private String looked() {
        return "Looked at " + trace.looked() + " records of the logs since " + LetterText.time(trace.since())
                + (trace.complete() ? "." : ", and not at all that there are; --most looks at more.");
    }

    private static String when(@Nullable Instant at) {
        return at == null ? "at an unknown time" : LetterText.time(at);
    }

    private static String after(@Nullable Instant first, @Nullable Instant at) {
        if (first == null || at == null) {
            return "";
        }
        long millis = Duration.between(first, at).toMillis();
        return millis < 10_000 ? "+" + millis + " ms" : String.format(Locale.ROOT, "+%.1f s", millis / 1_000.0);
    }

    /** @param accepted how often it was accepted up to and with this step */
    private static String words(TraceStep step, long accepted) {
        return switch (step) {
            case TraceStep.Accepted one ->
                acceptance(one, accepted) + ", room " + one.roomId()
                        + (one.senderId() == null ? "" : ", sender " + one.senderId()) + ", trace id " + one.traceId();
            case TraceStep.Ended one -> ended(one);
            case TraceStep.Published one -> "published at " + one.place() + " (" + one.what() + ")";
            case TraceStep.Parked one ->
                "parked as dead letter " + one.letter().id() + " (" + LetterText.word(one.state()) + "): "
                        + LetterText.safe(one.letter().reason());
            case TraceStep.Delivered one -> delivered(one);
        };
    }

    private static String acceptance(TraceStep.Accepted one, long accepted) {
        String how = one.replayed() ? "replayed" : accepted == 1 ? "accepted" : "accepted again";
        return how + " at " + one.place() + (one.readable() ? "" : ", in a record that cannot be read");
    }

    private static String ended(TraceStep.Ended one) {
        ParkedLetter.Origin place = one.place();
        String from = place == null ? "" : ", from partition " + place.partition() + " offset " + place.offset();
        return switch (one.outcome()) {
            case Outcome.Persisted(var message) -> "stored as " + message.id() + ", seq " + message.seq() + from;
            case Outcome.Changed changed ->
                "stored as " + changed.change().name().toLowerCase(Locale.ROOT) + " of "
                        + changed.message().id() + ", seq " + changed.changeSeq();
            case Outcome.Rejected rejected ->
                "ended as " + status(rejected) + " (" + rejected.reason().code() + ")";
        };
    }

    private static String status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Persisted persisted -> "PERSISTED";
            case Outcome.Changed changed -> "PERSISTED";
            case Outcome.Rejected rejected -> rejected.reason() == Rejection.PARKED ? "PARKED" : "REJECTED";
        };
    }

    private static String delivered(TraceStep.Delivered one) {
        String server = LetterText.safe(one.serverId().value());
        return switch (one.kind()) {
            case HANDED ->
                "handed to " + one.sessions() + (one.sessions() == 1 ? " session" : " sessions") + " on " + server;
            case NOBODY -> "handed to nobody on " + server + ": none was in the room";
            case FORGOTTEN -> "not known any more on " + server + ": too much was delivered since, or it began later";
        };
    }

    ObjectNode json() {
        ObjectNode node = LetterText.JSON.createObjectNode();
        node.put("clientMsgId", name.toString());
        List<TraceStep.Ended> ends = trace.steps().stream()
                .filter(TraceStep.Ended.class::isInstance)
                .map(TraceStep.Ended.class::cast)
                .toList();
        node.put(
                "status",
                ends.size() == 1 ? status(ends.getFirst().outcome()) : ends.isEmpty() ? "UNKNOWN" : "SEVERAL");
        ArrayNode steps = node.putArray("steps");
        for (TraceStep step : trace.steps()) {
            ObjectNode one = steps.addObject();
            one.put("step", word(step));
            one.put("at", step.at() == null ? null : LetterText.time(step.at()));
            fill(one, step);
        }
        node.put("looked", trace.looked());
        node.put("complete", trace.complete());
        node.put("since", LetterText.time(trace.since()));
        return node;
    }

    private static String word(TraceStep step) {
        return switch (step) {
            case TraceStep.Accepted one -> one.replayed() ? "replayed" : "accepted";
            case TraceStep.Ended one -> "ended";
            case TraceStep.Published one -> "published";
            case TraceStep.Parked one -> "parked";
            case TraceStep.Delivered one -> "delivered";
        };
    }

    private static void fill(ObjectNode node, TraceStep step) {
        switch (step) {
            case TraceStep.Accepted one -> {
                place(node, one.place());
                node.put("roomId", one.roomId().toString());
                node.put(
                        "senderId",
                        one.senderId() == null ? null : one.senderId().toString());
                node.put("traceId", one.traceId().value());
                node.put("readable", one.readable());
            }
            case TraceStep.Ended one -> {
                node.put("status", status(one.outcome()));
                node.put("roomId", one.roomId().toString());
                node.put("senderId", one.senderId().toString());
                switch (one.outcome()) {
                    case Outcome.Persisted(var message) -> {
                        node.put("messageId", message.id().toString());
                        node.put("seq", message.seq().value());
                    }
                    case Outcome.Changed changed -> {
                        node.put("messageId", changed.message().id().toString());
                        node.put("seq", changed.changeSeq().value());
                    }
                    case Outcome.Rejected rejected ->
                        node.put("code", rejected.reason().code());
                }
                if (one.place() != null) {
                    node.put("partition", one.place().partition())
                            .put("offset", one.place().offset());
                }
            }
            case TraceStep.Published one -> {
                place(node, one.place());
                node.put("what", one.what());
                node.put("traceId", one.traceId().value());
            }
            case TraceStep.Parked one -> {
                node.put("letter", one.letter().id().toString());
                node.put(
                        "state",
                        one.state() == null ? "open" : one.state().kind().name().toLowerCase(Locale.ROOT));
                node.put("reason", one.letter().reason());
            }
            case TraceStep.Delivered one -> {
                node.put("server", one.serverId().value());
                node.put("kind", one.kind().name().toLowerCase(Locale.ROOT));
                node.put("sessions", one.sessions());
            }
        }
    }

    private static void place(ObjectNode node, ParkedLetter.Origin place) {
        node.put("topic", place.log()).put("partition", place.partition()).put("offset", place.offset());
    }
}
