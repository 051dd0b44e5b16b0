package dev.confab.chat.usecase;

import dev.confab.chat.model.Principal;
import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.out.AccessTokens;
import dev.confab.chat.port.out.Revocations;
import java.time.Clock;
import java.util.Optional;

/** Reads access tokens and what this server knows of ended logins. */
final class AuthenticateService implements Authenticate {

    private final AccessTokens accessTokens;
    private final Revocations revocations;
    private final Clock clock;

    AuthenticateService(AccessTokens accessTokens, Revocations revocations, Clock clock) {
        this.accessTokens = accessTokens;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public Optional<Principal> authenticate(String accessToken) {
        return accessTokens
                .verify(accessToken)
                .map(claims -> new Principal(claims.userId(), claims.sessionId(), claims.expiresAt(), claims.host()))
                .filter(this::stillHolds);
    }

    @Override
    public boolean stillHolds(Principal principal) {
        return clock.instant().isBefore(principal.expiresAt()) && !revocations.isRevoked(principal.sessionId());
    }
}
