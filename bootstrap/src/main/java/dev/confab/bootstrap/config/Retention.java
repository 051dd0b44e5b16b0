package dev.confab.bootstrap.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That messages are deleted for good when they are old.
 *
 * @param age how old they get in rooms without a rule of their own; null: there they are kept for ever
 * @param archive the folder in which they are kept before
 */
public record Retention(@Nullable Duration age, Path archive) {}
