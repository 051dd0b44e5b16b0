package dev.confab.bench.fault;

import java.util.Locale;

/**
 * What a fault happens to.
 *
 * @param number from 1, of gateways and workers; else 0
 */
public record Victim(Type type, int number) {

    /** Kinds of servers. */
    public enum Type {
        GATEWAY,
        WORKER,
        KAFKA,
        POSTGRES,
        REDIS
    }

    /** For example {@code worker-2}. */
    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + (number == 0 ? "" : "-" + number);
    }
}
