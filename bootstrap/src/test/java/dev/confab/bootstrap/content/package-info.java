@NullMarked
package dev.confab.bootstrap.content;

import org.jspecify.annotations.NullMarked;
