/**
 * What an operator configures: read once at the start, checked as a whole, immutable from then on.
 *
 * <p>Threads: values are immutable; reading happens on the main thread.
 *
 * <p>Must not enter: defaults for secrets, anything that is looked up later.
 */
@NullMarked
package dev.confab.bootstrap.config;

import org.jspecify.annotations.NullMarked;
