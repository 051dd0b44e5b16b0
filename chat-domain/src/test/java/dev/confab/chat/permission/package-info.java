/** Tests of what their package says. */
@NullMarked
package dev.confab.chat.permission;

import org.jspecify.annotations.NullMarked;
