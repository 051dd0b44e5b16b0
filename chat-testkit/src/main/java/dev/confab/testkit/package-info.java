/**
 * Contract suites for the outbound ports, and the fixtures they share.
 *
 * <p>An adapter proves itself by implementing a {@code *Contract} and saying only how it is built.
 *
 * <p>Threads: fixtures are used by one test at a time unless they say otherwise.
 *
 * <p>No adapter and no server may enter.
 */
@NullMarked
package dev.confab.testkit;

import org.jspecify.annotations.NullMarked;
