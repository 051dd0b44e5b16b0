package dev.confab.chat.model;

/**
 * Names one running server (gateway, worker or both). Two servers that run at the same time have different ones.
 *
 * @param value 1 to 100 characters
 */
public record ServerId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
