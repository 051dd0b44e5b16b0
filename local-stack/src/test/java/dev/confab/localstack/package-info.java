/** Tests of the local stack, with real servers. No mocks and no sleeping may enter. */
@NullMarked
package dev.confab.localstack;

import org.jspecify.annotations.NullMarked;
