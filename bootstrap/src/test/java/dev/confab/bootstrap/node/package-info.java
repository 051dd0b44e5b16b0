/** Nodes whose workers fail where a test wants them to. */
@NullMarked
package dev.confab.bootstrap.node;

import org.jspecify.annotations.NullMarked;
