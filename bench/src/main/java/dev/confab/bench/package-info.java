/**
 * Load generator with exact verification, and microbenchmarks.
 *
 * <p>Threads: each scenario says how many it uses.
 *
 * <p>Nothing in the product may depend on this module.
 */
@NullMarked
package dev.confab.bench;

import org.jspecify.annotations.NullMarked;
