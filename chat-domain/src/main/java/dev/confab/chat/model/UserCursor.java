package dev.confab.chat.model;

/**
 * A place in a list of users: by nickname, then by id.
 *
 * @param nickname in lower case, as the store that made the list writes it
 */
public record UserCursor(String nickname, UserId id) {}
