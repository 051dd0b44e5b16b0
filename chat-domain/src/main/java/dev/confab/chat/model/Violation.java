package dev.confab.chat.model;

/**
 * One broken rule of an input.
 *
 * @param field the input's field as the caller names it, e.g. {@code content}
 * @param rule a stable kebab-case word, e.g. {@code too-long}
 * @param message a sentence for a person
 */
public record Violation(String field, String rule, String message) {}
