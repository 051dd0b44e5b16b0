/**
 * Whether what the server needs answers.
 *
 * <p>Threads: checks block and run on a pool of their own; asking for the report does not block.
 *
 * <p>Must not enter: what is checked, how it is shown.
 */
@NullMarked
package dev.confab.netty.health;

import org.jspecify.annotations.NullMarked;
