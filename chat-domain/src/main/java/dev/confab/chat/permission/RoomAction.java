package dev.confab.chat.permission;

import static dev.confab.chat.permission.Who.ADMIN;
import static dev.confab.chat.permission.Who.ANYBODY;
import static dev.confab.chat.permission.Who.MEMBER;
import static dev.confab.chat.permission.Who.NOBODY;
import static dev.confab.chat.permission.Who.OWNER;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: the one table of it. Of those outside, nobody learns that a room that is not PUBLIC exists.
 *
 * <p>What is done to somebody is, besides, only done to those of a lower rank than one's own.
 */
public enum RoomAction {
    // In PUBLIC, in PRIVATE, in DIRECT rooms.
    /** See that the room is there, and its name. */
    FIND(ANYBODY, MEMBER, MEMBER),
    /** Become a member by oneself. */
    JOIN(ANYBODY, NOBODY, NOBODY),
    /** Leave. */
    LEAVE(MEMBER, MEMBER, MEMBER),
    /** Read messages, members and who is online; hear what happens. */
    READ(MEMBER, MEMBER, MEMBER),
    /** Send messages; edit and delete one's own. */
    POST(MEMBER, MEMBER, MEMBER),
    /** Delete messages of others. */
    DELETE_OF_OTHERS(ADMIN, ADMIN, NOBODY),
    /** Make somebody a member. */
    INVITE(MEMBER, ADMIN, NOBODY),
    /** Take somebody out. */
    REMOVE(ADMIN, ADMIN, NOBODY),
    /** Ban somebody, and lift bans. */
    BAN(ADMIN, ADMIN, NOBODY),
    /** See who is banned. */
    LIST_BANS(ADMIN, ADMIN, NOBODY),
    /** Change name, visibility, capacity and metadata. */
    UPDATE(ADMIN, ADMIN, NOBODY),
    /** Give roles. */
    CHANGE_ROLE(OWNER, OWNER, NOBODY),
    /** Close the room. */
    CLOSE(OWNER, OWNER, NOBODY),
    /** See what moderators did. */
    READ_AUDIT(OWNER, OWNER, NOBODY);

    private final Who inPublic;
    private final Who inPrivate;
    private final Who inDirect;

    RoomAction(Who inPublic, Who inPrivate, Who inDirect) {
        this.inPublic = inPublic;
        this.inPrivate = inPrivate;
        this.inDirect = inDirect;
    }

    /** Who may do it in a room of that kind. */
    public Who in(RoomKind kind) {
        return switch (kind) {
            case PUBLIC -> inPublic;
            case PRIVATE -> inPrivate;
            case DIRECT -> inDirect;
        };
    }

    /**
     * Why somebody may not do it; empty when he or she may.
     *
     * @param role null for who is no member
     */
    public Optional<Refusal> refusal(RoomKind kind, @Nullable Role role) {
        if (in(kind).includes(role)) {
            return Optional.empty();
        }
        if (role != null) {
            return Optional.of(Refusal.of(Refusal.Code.FORBIDDEN));
        }
        return Optional.of(
                Refusal.of(kind == RoomKind.PUBLIC ? Refusal.Code.NOT_A_MEMBER : Refusal.Code.ROOM_NOT_FOUND));
    }

    /** Whether somebody of one rank may do something to somebody of another; who is no member has the lowest. */
    public static boolean reaches(Role by, @Nullable Role target) {
        return target == null || by.compareTo(target) > 0;
    }
}
