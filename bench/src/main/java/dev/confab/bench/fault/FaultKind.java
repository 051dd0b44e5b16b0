package dev.confab.bench.fault;

import java.util.Locale;

/** What may be done to the servers. */
public enum FaultKind {
    /** SIGKILL, and some time later it is started again. */
    KILL,
    /** SIGSTOP, and some time later SIGCONT. */
    STOP,
    /** SIGTERM, or what its makers mean it to be ended by, and it is started again at once. */
    RESTART,
    /** The network in front of it is cut, in one of the ways of {@link Cut}. Nobody connects to a worker. */
    CUT,
    /** A copy of the database is put back that was taken some seconds before. */
    RESTORE,
    /** Records that nobody should have written are put into all topics. */
    POISON;

    boolean concerns(Victim.Type type) {
        return switch (this) {
            case KILL, STOP, RESTART -> true;
            case CUT -> type != Victim.Type.WORKER;
            case RESTORE -> type == Victim.Type.POSTGRES;
            case POISON -> type == Victim.Type.KAFKA;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
