/** The simulation tried on the program as it is, and on one that was tampered with. Threads: one test at a time. */
@NullMarked
package dev.confab.testkit.simulation;

import org.jspecify.annotations.NullMarked;
