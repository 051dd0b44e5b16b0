/** What an operator may get wrong, and is told. */
@NullMarked
package dev.confab.bootstrap.config;

import org.jspecify.annotations.NullMarked;
