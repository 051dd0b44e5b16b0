package dev.confab.netty.limit;

import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.SharedLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits. Each call takes a token and answers 0, or answers the nanoseconds until there will be one and takes
 * nothing. Safe on any thread; what blocks says so.
 */
public final class Limits implements AutoCloseable {

    private static final int MAX_ACCOUNT = 254;

    private final @Nullable Settlement settlement;
    private final Limit<UserId> messages;
    private final Limit<UserId> rest;
    private final Limit<UserId> joins;
    private final Limit<ClientAddress> address;
    private final Limit<ClientAddress> register;
    private final Limit<Account> loginFailures;
    private final Limit<ClientAddress> connections;

    /**
     * The limits of a server that is the only one.
     *
     * @param nanoTime a clock that never goes backwards, in nanoseconds from any origin
     */
    public Limits(LimitSettings settings, LongSupplier nanoTime) {
        this(settings, nanoTime, (Settlement) null);
    }

    /**
     * The limits of one of several servers.
     *
     * @param shared what all of them use up together; stays open
     */
    public Limits(LimitSettings settings, LongSupplier nanoTime, SharedLimits shared) {
        this(settings, nanoTime, new Settlement(shared));
    }

    private Limits(LimitSettings settings, LongSupplier nanoTime, @Nullable Settlement settlement) {
        this.settlement = settlement;
        messages = new Limit<>("messages", settings.messages(), UserId::toString, nanoTime, settlement);
        rest = new Limit<>("rest", settings.rest(), UserId::toString, nanoTime, settlement);
        joins = new Limit<>("joins", settings.joins(), UserId::toString, nanoTime, settlement);
        address = new Limit<>("address", settings.address(), ClientAddress::text, nanoTime, settlement);
        register = new Limit<>("register", settings.register(), ClientAddress::text, nanoTime, settlement);
        loginFailures = new Limit<>("login", settings.loginFailures(), Account::text, nanoTime, settlement);
        connections = new Limit<>("connections", settings.connections(), ClientAddress::text, nanoTime, settlement);
    }

    /** One send. */
    public long takeMessage(UserId user) {
        return messages.take(user);
    }

    /** One authenticated REST call. */
    public long takeRest(UserId user) {
        return rest.take(user);
    }

    /** One join. */
    public long takeJoin(UserId user) {
        return joins.take(user);
    }

    /** One unauthenticated call. */
    public long takeAddress(ClientAddress from) {
        return address.take(from);
    }

    /** One registration. Blocks for at most 2 s. */
    public long takeRegister(ClientAddress from) {
        return register.takeShared(from);
    }

    /** One new socket. */
    public long takeConnection(ClientAddress from) {
        return connections.take(from);
    }

    /** One attempt to log in, to be given back when it did not fail for its password. Blocks for at most 2 s. */
    public long takeLogin(String account, ClientAddress from) {
        return loginFailures.takeShared(account(account, from));
    }

    /** The attempt was no wrong password. Blocks for at most 2 s. */
    public void giveBackLogin(String account, ClientAddress from) {
        loginFailures.giveBackShared(account(account, from));
    }

    private static Account account(String account, ClientAddress from) {
        // Longer ones are no e-mail addresses and must not fill the memory.
        String name = account.length() > MAX_ACCOUNT ? account.substring(0, MAX_ACCOUNT) : account;
        return new Account(name.toLowerCase(Locale.ROOT), from);
    }

    /** Tells the others nothing more. Blocks for at most 3 s; idempotent. */
    @Override
    public void close() {
        if (settlement != null) {
            settlement.close();
        }
    }

    private record Account(String name, ClientAddress from) {

        /** Servers tell each other no e-mail addresses. */
        String text() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash) + ":" + from.text();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }
}
