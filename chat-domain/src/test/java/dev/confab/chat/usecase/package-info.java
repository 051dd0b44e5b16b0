/** The use cases on the in-memory adapters. */
@NullMarked
package dev.confab.chat.usecase;

import org.jspecify.annotations.NullMarked;
