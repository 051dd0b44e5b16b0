/** Notifications by HTTP, against real servers. */
@NullMarked
package dev.confab.bootstrap.webhook;

import org.jspecify.annotations.NullMarked;
