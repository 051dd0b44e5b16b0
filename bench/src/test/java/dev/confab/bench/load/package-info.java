/** Tests of the clients that make load. */
@NullMarked
package dev.confab.bench.load;

import org.jspecify.annotations.NullMarked;
