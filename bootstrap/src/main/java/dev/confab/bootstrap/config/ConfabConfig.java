package dev.confab.bootstrap.config;

import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.ServerId;
import dev.confab.netty.http.AllowedOrigins;
import dev.confab.netty.limit.LimitSettings;
import java.util.Set;

/**
 * Everything an operator may choose.
 *
 * @param httpPort the public port; 0: any free one
 * @param managementPort the port of metrics and detailed health; 0: any free one
 * @param jwtSecret signs access tokens; at least 32 bytes of UTF-8
 */
public record ConfabConfig(
        Set<Role> roles,
        ServerId serverId,
        int httpPort,
        int managementPort,
        AllowedOrigins allowedOrigins,
        String jwtSecret,
        ChatSettings chat,
        LimitSettings limits,
        Backend backend) {

    /** Hides the secret from logs. */
    @Override
    public String toString() {
        return "ConfabConfig[" + roles + ", " + serverId + ", " + backend + "]";
    }
}
