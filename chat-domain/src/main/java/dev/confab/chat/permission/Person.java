package dev.confab.chat.permission;

import dev.confab.chat.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as he or she stands to a locked room.
 *
 * @param exists whether there is such a user
 * @param role null for who is no member
 * @param banned whether a ban keeps him or her out now
 */
public record Person(boolean exists, @Nullable Role role, boolean banned) {}
