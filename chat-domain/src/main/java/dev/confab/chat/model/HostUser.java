package dev.confab.chat.model;

import org.jspecify.annotations.Nullable;

/**
 * A user whom a host product brought along, as its token describes him or her.
 *
 * @param nickname what the user is called when first seen; 1 to 40 code points. Later the user may choose another one.
 */
public record HostUser(String nickname) {

    private static final int ID_PART = 8;

    /** A user with as much of that name as a nickname may hold; without a usable name one is made from the id. */
    public static HostUser named(@Nullable String name, UserId id) {
        String nickname = name == null ? "" : shortened(clean(name).strip()).strip();
        boolean usable = ChatLimits.text("nickname", nickname, 1, ChatLimits.MAX_NICKNAME)
                .isEmpty();
        return new HostUser(usable ? nickname : "user-" + id.toString().substring(0, ID_PART));
    }

    /** Without control characters and halves of surrogate pairs. */
    private static String clean(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        name.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= ChatLimits.MAX_NICKNAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, ChatLimits.MAX_NICKNAME));
    }
}
