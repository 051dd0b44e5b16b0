package dev.confab.chat.permission;

import dev.confab.chat.model.Role;
import org.jspecify.annotations.Nullable;

/** From which rank on somebody may do something, lowest first. */
public enum Who {
    /** Whoever is logged in. */
    ANYBODY,
    /** Members. */
    MEMBER,
    /** ADMIN and OWNER. */
    ADMIN,
    /** The OWNER alone. */
    OWNER,
    /** Nobody. */
    NOBODY;

    /**
     * Whether somebody is among them.
     *
     * @param role null for who is no member
     */
    public boolean includes(@Nullable Role role) {
        return switch (this) {
            case ANYBODY -> true;
            case MEMBER -> role != null;
            case ADMIN -> role == Role.ADMIN || role == Role.OWNER;
            case OWNER -> role == Role.OWNER;
            case NOBODY -> false;
        };
    }
}
