package dev.confab.testkit.simulation;

/** Unwinds what a process that was killed was doing. Never seen by what is still alive. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
