/** Histories that are right, and histories that were damaged in one way each. */
@NullMarked
package dev.confab.bench.history;

import org.jspecify.annotations.NullMarked;
