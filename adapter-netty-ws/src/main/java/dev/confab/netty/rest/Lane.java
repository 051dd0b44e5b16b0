package dev.confab.netty.rest;

/** Where an endpoint that blocks runs. */
enum Lane {
    /** Calls to stores. */
    STORES,
    /** Work on passwords, slow on purpose: a queue of its own, so that a flood of logins holds up nobody else. */
    PASSWORDS
}
