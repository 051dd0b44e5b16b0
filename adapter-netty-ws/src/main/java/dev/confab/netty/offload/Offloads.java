package dev.confab.netty.offload;

/**
 * The pools of one server. Closing closes them, and waits up to 5 s for what each is doing.
 *
 * @param stores calls to stores
 * @param passwords work on passwords, slow on purpose: its own queue, so that a flood of logins holds up nobody else
 */
public record Offloads(Offload stores, Offload passwords) implements AutoCloseable {

    private static final int STORE_THREADS = 24;
    private static final int STORE_QUEUE = 2_048;
    private static final int PASSWORD_THREADS = 4;
    private static final int PASSWORD_QUEUE = 256;

    /** 24 threads for stores, 4 for passwords; threads begin when there is work. */
    public static Offloads defaults() {
        return new Offloads(
                new Offload("confab-stores", STORE_THREADS, STORE_QUEUE),
                new Offload("confab-passwords", PASSWORD_THREADS, PASSWORD_QUEUE));
    }

    @Override
    public void close() {
        passwords.close();
        stores.close();
    }
}
