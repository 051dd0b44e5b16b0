package dev.confab.bootstrap.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * That messages are deleted for good when they are old.
 *
 * @param age how old they get
 * @param archive the folder in which they are kept before
 */
public record Retention(Duration age, Path archive) {}
