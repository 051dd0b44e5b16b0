package dev.confab.netty.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to this server from a browser. Pages that this server itself serves always may: those whose
 * origin names the host and port that the request was sent to. Immutable; safe on any thread.
 */
public final class AllowedOrigins {

    /** Only pages of this server. */
    public static final AllowedOrigins OWN = new AllowedOrigins(Set.of(), false);

    /** Any page. */
    public static final AllowedOrigins ANY = new AllowedOrigins(Set.of(), true);

    private final Set<String> origins;
    private final boolean any;

    private AllowedOrigins(Set<String> origins, boolean any) {
        this.origins = origins;
        this.any = any;
    }

    /**
     * These origins, written as browsers do ({@code https://chat.example}, RFC 6454 section 6.2), and the server's own;
     * {@code *} stands for any.
     *
     * @throws IllegalArgumentException for anything else; the message names it
     */
    public static AllowedOrigins of(Collection<String> origins) {
        Set<String> checked = new LinkedHashSet<>();
        for (String origin : origins) {
            if (origin.equals("*")) {
                return ANY;
            }
            checked.add(checked(origin));
        }
        return new AllowedOrigins(Set.copyOf(checked), false);
    }

    /** Whether every origin may. */
    public boolean any() {
        return any;
    }

    /**
     * Whether a page may talk to this server.
     *
     * @param origin the header {@code Origin}
     * @param host the header {@code Host}
     */
    public boolean allows(String origin, @Nullable String host) {
        if (any) {
            return true;
        }
        String normal = origin.toLowerCase(Locale.ROOT);
        return origins.contains(normal) || isOwn(normal, host);
    }

    // The scheme may differ: in front of this server there may be one that ends TLS.
    private static boolean isOwn(String origin, @Nullable String host) {
        if (host == null) {
            return false;
        }
        String own = host.toLowerCase(Locale.ROOT);
        return origin.equals("http://" + own) || origin.equals("https://" + own);
    }

    private static String checked(String origin) {
        String normal = origin.toLowerCase(Locale.ROOT);
        try {
            URI uri = new URI(normal);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && normal.equals(uri.getScheme() + "://" + uri.getAuthority());
            if (web && bare) {
                return normal;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected(origin), e);
        }
        throw new IllegalArgumentException(expected(origin));
    }

    private static String expected(String origin) {
        return "'" + origin + "' is no origin; expected scheme://host or scheme://host:port without a path, or *";
    }
}
