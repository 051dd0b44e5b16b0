package dev.confab.testkit;

/**
 * What every {@link dev.confab.chat.port.out.Presence} keeps (G9), for one server and for several. An adapter's test says
 * how a server starts and how time passes.
 */
public interface PresenceContract
        extends PresenceConnectionsContract, PresenceHeartbeatContract, PresenceServersContract {}
