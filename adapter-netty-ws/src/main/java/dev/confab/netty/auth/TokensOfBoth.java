package dev.confab.netty.auth;

import dev.confab.chat.port.out.AccessTokens;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * Access tokens of people who registered here and of a host product's users side by side. Each kind is proved by its own
 * key and algorithm alone (RFC 8725 section 3.1), so that neither can be mistaken for the other.
 */
public final class TokensOfBoth implements AccessTokens {

    private final AccessTokens own;
    private final AccessTokens hosts;

    private TokensOfBoth(AccessTokens own, AccessTokens hosts) {
        this.own = own;
        this.hosts = hosts;
    }

    /**
     * The tokens that the settings ask for.
     *
     * @throws IllegalArgumentException when there is neither a secret nor a host, or the secret is too short
     */
    public static AccessTokens of(TokenSettings settings, Clock clock) {
        AccessTokens hosts = settings.host() == null ? null : new HostAccessTokens(settings.host(), clock);
        if (settings.secret() == null) {
            if (hosts == null) {
                throw new IllegalArgumentException("Neither a secret nor a host's keys");
            }
            return hosts;
        }
        AccessTokens own = new JwtAccessTokens(settings.secret().getBytes(StandardCharsets.UTF_8), clock);
        return hosts == null ? own : new TokensOfBoth(own, hosts);
    }

    @Override
    public boolean canIssue() {
        return own.canIssue();
    }

    @Override
    public String issue(Claims claims) {
        return own.issue(claims);
    }

    @Override
    public Optional<Claims> verify(String token) {
        return own.verify(token).or(() -> hosts.verify(token));
    }
}
