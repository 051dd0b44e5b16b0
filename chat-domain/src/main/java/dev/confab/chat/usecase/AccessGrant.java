package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.SessionId;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.Login;
import dev.confab.chat.port.out.AccessTokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Hands out the access token of a login that was begun or refreshed. */
final class AccessGrant {

    private AccessGrant() {}

    static Login login(
            User user,
            SessionId sessionId,
            String refreshToken,
            AccessTokens accessTokens,
            Instant now,
            ChatSettings settings) {
        // NumericDate of RFC 7519 section 2 counts seconds.
        Instant expiresAt = now.plus(settings.accessTokenTtl()).truncatedTo(ChronoUnit.SECONDS);
        String accessToken = accessTokens.issue(new AccessTokens.Claims(user.id(), sessionId, expiresAt));
        return new Login(user, accessToken, settings.accessTokenTtl(), refreshToken);
    }
}
