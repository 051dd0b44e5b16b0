/**
 * Notifications for a host product's own service, by HTTP: how they are written, signed, sent and checked.
 *
 * <p>Threads: safe on any; sending blocks for as long as the timeout says.
 *
 * <p>Must not enter: who is told of what, and how often it is tried: that is the domain's.
 */
@NullMarked
package dev.confab.bootstrap.webhook;

import org.jspecify.annotations.NullMarked;
