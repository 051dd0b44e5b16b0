package dev.confab.bootstrap.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key the setting, as it is named in the environment
 * @param found what is there; never a secret
 * @param expected what should be
 */
public record ConfigProblem(String key, String found, String expected) {
    @Override
    public String toString() {
        return key + ": found " + found + ", expected " + expected;
    }
}
