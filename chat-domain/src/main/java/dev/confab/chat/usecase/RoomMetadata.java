package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatLimits;
import dev.confab.chat.model.Violation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The free-form object that comes with a room: what a JSON object can hold (RFC 8259), at most
 * {@value #MAX_SIZE} characters of keys and values, {@value #MAX_DEPTH} deep.
 */
final class RoomMetadata {

    static final int MAX_SIZE = 8_000;
    static final int MAX_DEPTH = 10;

    private static final String FIELD = "metadata";
    /** Digits before or after the point; no store keeps numbers of any size. */
    private static final int MAX_DIGITS = 100;

    private RoomMetadata() {}

    /** The first rule that the object breaks; empty when it breaks none. */
    static Optional<Violation> check(Map<String, @Nullable Object> metadata) {
        Check check = new Check();
        check.value(metadata, 0);
        return Optional.ofNullable(check.violation);
    }

    /** A copy that its giver can no longer change. */
    static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> metadata) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        metadata.forEach((key, value) -> copy.put(key, copyOfValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copyOfValue(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(String.valueOf(key), copyOfValue(inner)));
                yield Collections.unmodifiableMap(copy);
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(inner -> copy.add(copyOfValue(inner)));
                yield Collections.unmodifiableList(copy);
            }
            case null, default -> value;
        };
    }

    private static final class Check {
        private int size;
        private @Nullable Violation violation;

        void value(@Nullable Object value, int depth) {
            if (violation != null) {
                return;
            }
            if (depth > MAX_DEPTH) {
                fail("too-deep", "metadata is nested deeper than " + MAX_DEPTH);
                return;
            }
            switch (value) {
                case null -> grow(4);
                case Boolean ignored -> grow(5);
                case String text -> text(text);
                case Number number -> number(number);
                case List<?> list -> {
                    grow(2);
                    list.forEach(inner -> value(inner, depth + 1));
                }
                case Map<?, ?> map -> {
                    grow(2);
                    map.forEach((key, inner) -> {
                        value(key, depth + 1);
                        value(inner, depth + 1);
                    });
                }
                default -> fail("type", "metadata holds strings, numbers, booleans, lists and objects alone");
            }
        }

        private void text(String text) {
            grow(text.length() + 2);
            ChatLimits.characters(FIELD, text).ifPresent(found -> violation = found);
        }

        private void number(Number number) {
            boolean fine = switch (number) {
                case Double d -> Double.isFinite(d);
                case Float f -> Float.isFinite(f);
                case BigInteger i -> i.bitLength() <= MAX_DIGITS * 3;
                case BigDecimal d -> d.precision() <= MAX_DIGITS && Math.abs((long) d.scale()) <= MAX_DIGITS;
                case Integer ignored -> true;
                case Long ignored -> true;
                case Short ignored -> true;
                case Byte ignored -> true;
                default -> false;
            };
            grow(20);
            if (!fine) {
                fail("number", "metadata holds a number that is too large or none at all");
            }
        }

        private void grow(int by) {
            size += by;
            if (size > MAX_SIZE) {
                fail("too-long", "metadata has more than " + MAX_SIZE + " characters");
            }
        }

        private void fail(String rule, String message) {
            if (violation == null) {
                violation = new Violation(FIELD, rule, message);
            }
        }
    }
}
