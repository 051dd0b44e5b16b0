package dev.confab.chat.port.out;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserCursor;
import dev.confab.chat.model.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People and their credentials. All calls block and may throw {@link StoreUnavailableException}; safe on any thread. */
public interface UserStore {

    /**
     * Adds a user. E-mail addresses are compared without case.
     *
     * @return false when the e-mail address is taken; nothing was added
     */
    boolean add(User user, PasswordHash passwordHash);

    /**
     * Adds a user without address and password, unless there is one of that id already.
     *
     * @param user without an e-mail address
     * @return the user as he or she is stored
     */
    User provision(User user);

    /** Who logs in with that address. */
    Optional<Account> accountOf(String email);

    /** A user by id. */
    Optional<User> find(UserId id);

    /** Nicknames of those who exist. */
    Map<UserId, String> nicknames(Collection<UserId> ids);

    /**
     * Those whose nickname begins so, without regard to case, in the order of nicknames.
     *
     * @param prefix at least one character
     * @param after null: from the beginning
     */
    Page<User, UserCursor> search(String prefix, @Nullable UserCursor after, int limit);

    /** Gives a user another nickname. Empty when there is no such user. */
    Optional<User> rename(UserId id, String nickname);

    /** Notes when users were last seen; never moves backwards. */
    void seen(Map<UserId, Instant> lastSeen);

    /** When users were last seen; those never seen are left out. */
    Map<UserId, Instant> lastSeen(Collection<UserId> ids);

    /** A user with what proves who he or she is. */
    record Account(User user, PasswordHash passwordHash) {}
}
