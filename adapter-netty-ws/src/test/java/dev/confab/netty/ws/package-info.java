/** Tests of the native dialect. */
@NullMarked
package dev.confab.netty.ws;

import org.jspecify.annotations.NullMarked;
