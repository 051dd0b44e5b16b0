package dev.confab.netty.limit;

import dev.confab.chat.model.UserId;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The rate limits of one server. Each call takes a token and answers 0, or answers the nanoseconds until there will be
 * one and takes nothing. Safe on any thread; does not block.
 */
public final class Limits {

    /** Keys for which a bucket is kept; beyond that old ones are forgotten early, in favour of the new ones. */
    private static final int MAX_KEYS = 200_000;

    private static final int MAX_ACCOUNT = 254;

    private final TokenBuckets<UserId> messages;
    private final TokenBuckets<UserId> rest;
    private final TokenBuckets<UserId> joins;
    private final TokenBuckets<ClientAddress> address;
    private final TokenBuckets<ClientAddress> register;
    private final TokenBuckets<Account> loginFailures;
    private final TokenBuckets<ClientAddress> connections;

    /**
     * @param nanoTime a clock that never goes backwards, in nanoseconds from any origin
     */
    public Limits(LimitSettings settings, LongSupplier nanoTime) {
        messages = new TokenBuckets<>(settings.messages(), MAX_KEYS, nanoTime);
        rest = new TokenBuckets<>(settings.rest(), MAX_KEYS, nanoTime);
        joins = new TokenBuckets<>(settings.joins(), MAX_KEYS, nanoTime);
        address = new TokenBuckets<>(settings.address(), MAX_KEYS, nanoTime);
        register = new TokenBuckets<>(settings.register(), MAX_KEYS, nanoTime);
        loginFailures = new TokenBuckets<>(settings.loginFailures(), MAX_KEYS, nanoTime);
        connections = new TokenBuckets<>(settings.connections(), MAX_KEYS, nanoTime);
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

    /** One registration. */
    public long takeRegister(ClientAddress from) {
        return register.take(from);
    }

    /** One new socket. */
    public long takeConnection(ClientAddress from) {
        return connections.take(from);
    }

    /** One attempt to log in, to be given back when it did not fail for its password. */
    public long takeLogin(String account, ClientAddress from) {
        return loginFailures.take(account(account, from));
    }

    /** The attempt was no wrong password. */
    public void giveBackLogin(String account, ClientAddress from) {
        loginFailures.giveBack(account(account, from));
    }

    private static Account account(String account, ClientAddress from) {
        // Longer ones are no e-mail addresses and must not fill the memory.
        String name = account.length() > MAX_ACCOUNT ? account.substring(0, MAX_ACCOUNT) : account;
        return new Account(name.toLowerCase(Locale.ROOT), from);
    }

    private record Account(String name, ClientAddress from) {}
}
