/** Nodes whose workers fail where a test wants them to, and what a node says of itself. */
@NullMarked
package dev.confab.bootstrap.node;

import org.jspecify.annotations.NullMarked;
