/** The in-memory adapters under the contracts of the ports they serve. */
@NullMarked
package dev.confab.testkit;

import org.jspecify.annotations.NullMarked;
