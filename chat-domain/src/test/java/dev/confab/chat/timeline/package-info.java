/** The decision about a locked room, by property. */
@NullMarked
package dev.confab.chat.timeline;

import org.jspecify.annotations.NullMarked;
