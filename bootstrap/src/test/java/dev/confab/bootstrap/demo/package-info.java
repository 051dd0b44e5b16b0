/** What the demo brings with it, tried. */
@NullMarked
package dev.confab.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
