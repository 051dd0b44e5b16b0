package dev.confab.netty.http;

/**
 * The server is about to stop. Fired as a user event through the pipeline of every open connection; one that speaks HTTP
 * finishes what is under way and closes.
 */
public enum Draining {
    /** The only one. */
    NOW
}
