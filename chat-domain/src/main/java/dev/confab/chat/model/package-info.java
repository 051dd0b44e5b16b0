/**
 * What chat is made of: immutable values and the rules that need nothing else.
 *
 * <p>Threads: Everything here is immutable and safe on any thread.
 *
 * <p>Must not enter: ports, adapters, I/O, clocks, anything beyond the JDK and JSpecify.
 */
@NullMarked
package dev.confab.chat.model;

import org.jspecify.annotations.NullMarked;
