package dev.confab.netty.limit;

/**
 * What an operator may choose.
 *
 * @param messages sends per user, over all dialects
 * @param rest authenticated REST calls per user
 * @param joins joins per user
 * @param address unauthenticated calls per address
 * @param register registrations per address
 * @param loginFailures wrong passwords per account and address
 * @param connections new sockets per address
 */
public record LimitSettings(
        RateLimit messages,
        RateLimit rest,
        RateLimit joins,
        RateLimit address,
        RateLimit register,
        RateLimit loginFailures,
        RateLimit connections) {

    /** The limits of a server that nobody configured. */
    public static LimitSettings defaults() {
        return new LimitSettings(
                RateLimit.parse("20/s burst 60"),
                RateLimit.parse("50/s burst 200"),
                RateLimit.parse("10/s burst 100"),
                RateLimit.parse("20/s burst 200"),
                RateLimit.parse("5/s burst 50"),
                RateLimit.parse("10/min burst 10"),
                RateLimit.parse("100/s burst 2000"));
    }

    /** No limit at all. */
    public static LimitSettings off() {
        return new LimitSettings(
                RateLimit.OFF,
                RateLimit.OFF,
                RateLimit.OFF,
                RateLimit.OFF,
                RateLimit.OFF,
                RateLimit.OFF,
                RateLimit.OFF);
    }
}
