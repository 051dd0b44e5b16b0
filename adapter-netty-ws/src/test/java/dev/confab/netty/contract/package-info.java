/** Checks what the server says against the documents in {@code docs/}. */
@NullMarked
package dev.confab.netty.contract;

import org.jspecify.annotations.NullMarked;
