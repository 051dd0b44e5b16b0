package dev.confab.redis;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ChatEvent.PresenceChanged;
import dev.confab.chat.model.ChatEvent.Typing;
import dev.confab.chat.model.ChatEvent.UserJoined;
import dev.confab.chat.model.ChatEvent.UserLeft;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.InquiryId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.TraceStep.Delivered;
import dev.confab.chat.model.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signals as one line of text: a word for the kind, then fields, parted by tabs. Readers pass over kinds and further
 * fields that they do not know, so that servers of different versions run side by side. Stateless; safe on any thread.
 */
final class SignalCodec {

    private static final String TYPING = "typing";
    private static final String JOINED = "joined";
    private static final String LEFT = "left";
    private static final String PRESENCE = "presence";
    private static final String MEMBERS = "members";
    private static final String SURPLUS = "surplus";
    private static final String ASKED = "delivery-asked";
    private static final String TOLD = "delivery-told";

    private SignalCodec() {}

    static String encode(Signal signal) {
        return switch (signal) {
            case Signal.MembershipChanged changed -> line(MEMBERS, changed.roomId(), changed.memberVersion());
            case Signal.SurplusConnection surplus -> line(SURPLUS, surplus.connectionId(), surplus.userId());
            case Signal.DeliveryAsked asked ->
                line(
                        ASKED,
                        asked.roomId(),
                        asked.inquiryId(),
                        asked.seq().value(),
                        asked.storedAt().toEpochMilli());
            case Signal.DeliveryTold told -> {
                Delivered delivered = told.delivered();
                yield line(
                        TOLD,
                        told.inquiryId(),
                        delivered.serverId(),
                        delivered.kind(),
                        delivered.sessions(),
                        millis(delivered.at()));
            }
            case Signal.InRoom inRoom -> encode(inRoom.event());
        };
    }

    private static String encode(ChatEvent.Ephemeral event) {
        return switch (event) {
            case Typing typing ->
                line(
                        TYPING,
                        typing.roomId(),
                        typing.userId(),
                        typing.userName(),
                        typing.isTyping() ? 1 : 0,
                        typing.origin());
            case UserJoined joined -> line(JOINED, joined.roomId(), joined.userId(), joined.userName());
            case UserLeft left -> line(LEFT, left.roomId(), left.userId(), left.userName());
            case PresenceChanged changed ->
                line(
                        PRESENCE,
                        changed.roomId(),
                        changed.userId(),
                        changed.status().state(),
                        millis(changed.status().lastSeenAt()));
        };
    }

    /** Empty for what this version does not know or cannot read. */
    static Optional<Signal> decode(String line) {
        String[] fields = line.split("\t", -1);
        try {
            return switch (fields[0]) {
                case TYPING ->
                    inRoom(new Typing(
                            room(fields),
                            user(fields),
                            unescape(fields[3]),
                            fields[4].equals("1"),
                            new ConnectionId(UUID.fromString(fields[5]))));
                case JOINED -> inRoom(new UserJoined(room(fields), user(fields), unescape(fields[3])));
                case LEFT -> inRoom(new UserLeft(room(fields), user(fields), unescape(fields[3])));
                case PRESENCE ->
                    inRoom(new PresenceChanged(
                            room(fields),
                            user(fields),
                            new PresenceStatus(PresenceStatus.State.valueOf(fields[3]), instant(fields[4]))));
                case MEMBERS -> Optional.of(new Signal.MembershipChanged(room(fields), Long.parseLong(fields[2])));
                case SURPLUS ->
                    Optional.of(
                            new Signal.SurplusConnection(user(fields), new ConnectionId(UUID.fromString(fields[1]))));
                case ASKED ->
                    Optional.of(new Signal.DeliveryAsked(
                            inquiry(fields[2]),
                            room(fields),
                            new Sequence(Long.parseLong(fields[3])),
                            Instant.ofEpochMilli(Long.parseLong(fields[4]))));
                case TOLD ->
                    Optional.of(new Signal.DeliveryTold(
                            inquiry(fields[1]),
                            new Delivered(
                                    new ServerId(unescape(fields[2])),
                                    Delivered.Kind.valueOf(fields[3]),
                                    Integer.parseInt(fields[4]),
                                    instant(fields[5]))));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Signal> inRoom(ChatEvent.Ephemeral event) {
        return Optional.of(new Signal.InRoom(event));
    }

    private static InquiryId inquiry(String field) {
        return new InquiryId(UUID.fromString(field));
    }

    private static RoomId room(String[] fields) {
        return new RoomId(UUID.fromString(fields[1]));
    }

    private static UserId user(String[] fields) {
        return new UserId(UUID.fromString(fields[2]));
    }

    private static String millis(@Nullable Instant instant) {
        return instant == null ? "" : String.valueOf(instant.toEpochMilli());
    }

    private static @Nullable Instant instant(String millis) {
        return millis.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String line(Object... fields) {
        return Arrays.stream(fields).map(field -> escape(field.toString())).collect(Collectors.joining("\t"));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t");
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(text.charAt(i) == 't' ? '\t' : text.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
