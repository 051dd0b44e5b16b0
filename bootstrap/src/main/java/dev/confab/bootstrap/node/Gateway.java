package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.ConfabConfig;
import dev.confab.bootstrap.content.BannedWordsFile;
import dev.confab.chat.Chat;
import dev.confab.chat.port.out.ChatPorts;
import dev.confab.chat.port.out.ChatRuntime;
import dev.confab.chat.port.out.ContentPolicy;
import dev.confab.netty.ChatServer;
import dev.confab.netty.PortTakenException;
import dev.confab.netty.ServerSettings;
import dev.confab.netty.auth.Argon2PasswordHasher;
import dev.confab.netty.auth.Argon2Settings;
import dev.confab.netty.auth.TokensOfBoth;
import dev.confab.netty.health.HealthChecks;
import dev.confab.netty.limit.Limits;
import dev.confab.netty.offload.Offloads;
import dev.confab.netty.ws.WebSocketEndpoint;
import dev.confab.netty.ws.WebSocketSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The role that talks to clients. */
final class Gateway implements Endpoints {

    private final Closing closing;
    private final ChatServer server;

    private Gateway(Closing closing, ChatServer server) {
        this.closing = closing;
        this.server = server;
    }

    static Gateway start(
            ConfabConfig config,
            Backends backends,
            HealthChecks health,
            Meters meters,
            Clock clock,
            SecureRandom random,
            RandomGenerator ids)
            throws PortTakenException {
        Closing closing = new Closing();
        try {
            Threads threads = closing.add(new Threads());
            ChatPorts ports = new ChatPorts(
                    backends.messageLog(),
                    backends.eventBus(),
                    backends.rooms(),
                    backends.users(),
                    backends.logins(),
                    backends.readMarkers(),
                    backends.notifications(),
                    backends.messageSearch(),
                    backends.presence(),
                    backends.signals(),
                    backends.revocations(),
                    TokensOfBoth.of(config.tokens(), clock),
                    new Argon2PasswordHasher(Argon2Settings.defaults(), random),
                    contentPolicy(config, closing));
            Chat chat = closing.add(Chat.start(
                    ports,
                    new ChatRuntime(clock, random, ids, threads.blocking(), threads.timer(), config.serverId()),
                    config.chat()));
            Limits limits = closing.add(new Limits(config.limits(), System::nanoTime, backends.limits()));
            Offloads offloads = closing.add(Offloads.defaults());
            WebSocketEndpoint webSocket = new WebSocketEndpoint(
                    chat,
                    WebSocketSettings.defaults(config.serverId()),
                    offloads.stores(),
                    limits,
                    clock,
                    meters.registry());
            ServerSettings settings = ServerSettings.defaults()
                    .withPorts(config.httpPort(), config.managementPort())
                    .withAllowedOrigins(config.allowedOrigins());
            ChatServer server =
                    closing.add(new ChatServer(settings, chat, limits, health, meters::scrape, offloads, webSocket));
            server.start();
            return new Gateway(closing, server);
        } catch (RuntimeException | PortTakenException fault) {
            closing.close();
            throw fault;
        }
    }

    private static ContentPolicy contentPolicy(ConfabConfig config, Closing closing) {
        Path words = config.bannedWords();
        return words == null ? ContentPolicy.ANYTHING : closing.add(BannedWordsFile.watch(words));
    }

    @Override
    public int httpPort() {
        return server.httpPort();
    }

    @Override
    public int managementPort() {
        return server.managementPort();
    }

    @Override
    public void drain(Duration patience) {
        server.drain(patience);
    }

    @Override
    public void close() {
        closing.close();
    }
}
