package dev.confab.chat.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person with an account.
 *
 * @param email null for users that a host product brought along
 * @param nickname 1 to 40 code points
 */
public record User(UserId id, @Nullable String email, String nickname, Instant createdAt) {}
