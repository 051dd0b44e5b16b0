/**
 * Tests of the files in which old parts of timelines are kept.
 */
@NullMarked
package dev.confab.bootstrap.archive;

import org.jspecify.annotations.NullMarked;
