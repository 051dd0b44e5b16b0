package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has read a message.
 *
 * @param readAt when his or her read marker last moved: that message was read then or before; null when the marker never
 *     moved since the room was empty
 */
public record ReadBy(UserId userId, @Nullable Instant readAt) {}
