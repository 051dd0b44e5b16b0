package dev.confab.redis;

import dev.confab.chat.model.ServerId;
import java.net.URI;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Which Redis, and under which names. Immutable.
 *
 * @param uri {@code redis://[[user]:password@]host:port[/database]}, or {@code rediss://…} for TLS
 * @param prefix begins all names of keys and channels, so that several installations can share one Redis; may be empty.
 *     Databases alone do not part them: channels know no databases.
 * @param serverId this server, different from all others that run at the same time
 */
public record RedisSettings(URI uri, String prefix, ServerId serverId) {

    /**
     * Checks the form of the URI.
     *
     * @throws IllegalArgumentException when it is no URI of a Redis
     */
    public RedisSettings {
        boolean scheme = JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri);
        if (!scheme || !JedisURIHelper.isValid(uri)) {
            // Without the URI itself, which may hold a password.
            throw new IllegalArgumentException("not a URI of a Redis: redis://host:port/database is expected");
        }
    }

    /** A Redis that belongs to one installation. */
    public RedisSettings(URI uri, ServerId serverId) {
        this(uri, "", serverId);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort() + " (prefix \"" + prefix + "\", server "
                + serverId + ")";
    }
}
