package dev.confab.netty.rest;

/** Who may call a route, and which limit counts. */
enum Access {
    /** Anybody, without limit: probes must not fail because others behind the same address are busy. */
    OPEN,
    /** Anybody; counts for the address. */
    ADDRESS,
    /** Holders of an access token; counts for the user. */
    USER
}
