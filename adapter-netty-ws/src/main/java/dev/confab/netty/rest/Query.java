package dev.confab.netty.rest;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Violation;
import dev.confab.netty.wire.Problem;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query of a request. Read everything, then {@link #check()}. Unknown parameters are ignored. */
final class Query {

    static final int DEFAULT_LIMIT = 50;

    private static final int MAX_PARAMETERS = 100;

    private final Map<String, List<String>> parameters;
    private final List<Violation> violations = new ArrayList<>();

    private Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * @param raw still encoded, without the question mark
     */
    static Query of(String raw) {
        if (raw.isEmpty()) {
            return new Query(Map.of());
        }
        try {
            return new Query(
                    new QueryStringDecoder(raw, StandardCharsets.UTF_8, false, MAX_PARAMETERS, true).parameters());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(400, "malformed", "The query is not percent-encoded UTF-8."));
        }
    }

    /** A parameter, or null when missing. */
    @Nullable
    String text(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            broken(name, "single", name + " may be given once");
            return null;
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** A parameter that some text form stands for, or null when missing. */
    <T> @Nullable T parsed(String name, Function<String, Optional<T>> parser) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Optional<T> value = parser.apply(text);
        if (value.isEmpty()) {
            broken(name, "format", name + " is not of the form that is expected");
        }
        return value.orElse(null);
    }

    /** A whole number that is not negative; empty when missing. */
    OptionalLong number(String name) {
        String text = text(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        long number = digits(text);
        if (number < 0) {
            broken(name, "type", name + " must be a whole number of at least 0");
            return OptionalLong.empty();
        }
        return OptionalLong.of(number);
    }

    /** The size of a page. */
    int limit(int most) {
        String text = text("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        long limit = digits(text);
        if (limit < 1 || limit > most) {
            broken("limit", "range", "limit must be a number from 1 to " + most);
            return DEFAULT_LIMIT;
        }
        return (int) limit;
    }

    void broken(String field, String rule, String message) {
        violations.add(new Violation(field, rule, message));
    }

    /** Ends the call when a rule was broken. */
    void check() {
        if (!violations.isEmpty()) {
            throw new ProblemException(Refusal.invalid(violations));
        }
    }

    /** -1 for anything but one to eighteen decimal digits. */
    private static long digits(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(text);
    }
}
