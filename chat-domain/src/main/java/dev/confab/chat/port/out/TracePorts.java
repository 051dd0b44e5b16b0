package dev.confab.chat.port.out;

/** What the tracing of messages needs from the outside. Who makes them closes them. */
public record TracePorts(
        CommandFinder finder,
        CommandTrail trail,
        DeadLetterLog deadLetters,
        DeadLetterStates states,
        Signals signals) {}
