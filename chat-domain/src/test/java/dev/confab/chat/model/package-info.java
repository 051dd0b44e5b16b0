/** Limits and ids, by example and by property. */
@NullMarked
package dev.confab.chat.model;

import org.jspecify.annotations.NullMarked;
