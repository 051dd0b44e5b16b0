package dev.confab.localstack;

/**
 * Is told what the stack is doing, to show it to a person.
 *
 * <p>Called from several threads at once, since the servers start side by side; must return quickly and must not throw.
 */
@FunctionalInterface
public interface ProgressListener {

    /** A listener that says nothing. */
    ProgressListener SILENT = (server, step) -> {};

    /**
     * One step begins or ended.
     *
     * @param server the server it is about
     * @param step a short phrase without the server's name, for example {@code unpacking 18.6.0} or {@code ready on port
     *     24321 after 1.9 s}
     */
    void onStep(ServerName server, String step);
}
