package dev.confab.chat.model;

import java.util.function.Function;

/** What a use case answers: what was asked for, or why not. Faults are exceptions. */
public sealed interface Result<T> {

    /** Done. */
    record Ok<T>(T value) implements Result<T> {}

    /** Not done, and why. */
    record Refused<T>(Refusal refusal) implements Result<T> {}

    /** Done. */
    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    /** Not done, and why. */
    static <T> Result<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** Not done, with the code's own sentence. */
    static <T> Result<T> refused(Refusal.Code code) {
        return new Refused<>(Refusal.of(code));
    }

    /**
     * The value, for callers who expect no refusal.
     *
     * @throws IllegalStateException when it was refused; the message has the code and the sentence
     */
    default T orThrow() {
        return switch (this) {
            case Ok<T> ok -> ok.value();
            case Refused<T> refused ->
                throw new IllegalStateException(refused.refusal().code().word() + ": "
                        + refused.refusal().message());
        };
    }

    /** The same refusal, or the value changed by {@code mapping}. */
    default <U> Result<U> map(Function<? super T, ? extends U> mapping) {
        return switch (this) {
            case Ok<T> ok -> new Ok<>(mapping.apply(ok.value()));
            case Refused<T> refused -> new Refused<>(refused.refusal());
        };
    }

    /** The same refusal, or what {@code next} answers for the value. */
    default <U> Result<U> then(Function<? super T, Result<U>> next) {
        return switch (this) {
            case Ok<T> ok -> next.apply(ok.value());
            case Refused<T> refused -> new Refused<>(refused.refusal());
        };
    }
}
