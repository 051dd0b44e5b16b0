package dev.confab.netty.health;

/**
 * One thing that is looked at.
 *
 * @param name what clients call it, such as {@code database}
 * @param required whether messages cannot flow without it
 * @param probe returns when all is well and throws when not; the exception's message is shown to operators. May block
 */
public record HealthCheck(String name, boolean required, Probe probe) {

    /** Looks. */
    @FunctionalInterface
    public interface Probe {
        /** Returns when all is well. */
        void check() throws Exception;
    }

    /** Something without which no message flows. */
    public static HealthCheck required(String name, Probe probe) {
        return new HealthCheck(name, true, probe);
    }

    /** Something that messages flow without. */
    public static HealthCheck optional(String name, Probe probe) {
        return new HealthCheck(name, false, probe);
    }
}
