package dev.confab.chat.usecase;

import dev.confab.chat.model.HostUser;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.MeetUser;
import dev.confab.chat.port.out.UserStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Adds users of a host product, and remembers whom it has met, so that the store is asked once for each. */
final class MeetUserService implements MeetUser {

    /** Beyond that all are met anew, which costs a look-up each. */
    private static final int MOST_REMEMBERED = 100_000;

    private final UserStore users;
    private final Clock clock;
    private final Set<UserId> met = ConcurrentHashMap.newKeySet();

    MeetUserService(UserStore users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    @Override
    public boolean knows(Principal principal) {
        return principal.host() == null || met.contains(principal.userId());
    }

    @Override
    public Result<User> meet(Principal principal) {
        UserId id = principal.userId();
        HostUser host = principal.host();
        Optional<User> user = users.find(id);
        if (host == null) {
            return user.map(Result::ok).orElseGet(() -> Result.refused(Refusal.Code.USER_NOT_FOUND));
        }
        User known = user.orElseGet(() -> users.provision(
                new User(id, null, host.nickname(), clock.instant().truncatedTo(ChronoUnit.MILLIS))));
        if (met.size() >= MOST_REMEMBERED) {
            met.clear();
        }
        met.add(id);
        return Result.ok(known);
    }
}
