package dev.confab.bootstrap.config;

import dev.confab.bootstrap.webhook.WebhookSettings;
import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.NotificationSettings;
import dev.confab.chat.model.ServerId;
import dev.confab.netty.auth.TokenSettings;
import dev.confab.netty.http.AllowedOrigins;
import dev.confab.netty.limit.LimitSettings;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator may choose.
 *
 * @param httpPort the public port; 0: any free one
 * @param managementPort the port of metrics and detailed health; 0: any free one
 * @param tokens whose access tokens are taken
 * @param webhook where notifications are sent; null: nowhere
 * @param retention when messages are deleted for good; null: never
 * @param bannedWords a file of words that no message may have; null: none
 */
public record ConfabConfig(
        Set<Role> roles,
        ServerId serverId,
        int httpPort,
        int managementPort,
        AllowedOrigins allowedOrigins,
        TokenSettings tokens,
        ChatSettings chat,
        LimitSettings limits,
        NotificationSettings notifications,
        @Nullable WebhookSettings webhook,
        @Nullable Path bannedWords,
        @Nullable Retention retention,
        Backend backend) {

    /** Hides the secret from logs. */
    @Override
    public String toString() {
        return "ConfabConfig[" + roles + ", " + serverId + ", " + backend + "]";
    }
}
