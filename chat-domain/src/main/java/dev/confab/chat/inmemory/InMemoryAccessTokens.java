package dev.confab.chat.inmemory;

import dev.confab.chat.port.out.AccessTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Access tokens that say nothing: 32 random bytes in base64url (RFC 4648 section 5), looked up in a table. Only the
 * instance that issued a token knows it. Expired ones are forgotten when others are issued.
 *
 * <p>Safe on any thread; does not block beyond a short lock.
 */
public final class InMemoryAccessTokens implements AccessTokens {

    private static final int BYTES = 32;

    private record Issued(String token, Instant expiresAt) {}

    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Claims> claims = new HashMap<>();
    private final Queue<Issued> byExpiry = new PriorityQueue<>(Comparator.comparing(Issued::expiresAt));

    /**
     * No tokens yet.
     *
     * @param random cryptographically strong outside tests
     */
    public InMemoryAccessTokens(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public boolean canIssue() {
        return true;
    }

    @Override
    public synchronized String issue(Claims newClaims) {
        Instant now = clock.instant();
        for (Issued first = byExpiry.peek();
                first != null && !now.isBefore(first.expiresAt());
                first = byExpiry.peek()) {
            byExpiry.remove();
            claims.remove(first.token());
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        claims.put(token, newClaims);
        byExpiry.add(new Issued(token, newClaims.expiresAt()));
        return token;
    }

    @Override
    public synchronized Optional<Claims> verify(String token) {
        return Optional.ofNullable(claims.get(token))
                .filter(known -> clock.instant().isBefore(known.expiresAt()));
    }
}
