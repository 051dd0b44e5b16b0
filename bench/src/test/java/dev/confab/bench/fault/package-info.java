/** Tests of faults. */
@NullMarked
package dev.confab.bench.fault;

import org.jspecify.annotations.NullMarked;
