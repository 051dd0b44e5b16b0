/** What the in-memory adapters do beyond the contracts of their ports. */
@NullMarked
package dev.confab.chat.inmemory;

import org.jspecify.annotations.NullMarked;
