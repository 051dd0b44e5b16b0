/**
 * Rules for content that come from files of the operator.
 *
 * <p>Threads: safe on any thread; files are read on a thread of their own.
 *
 * <p>Must not enter: how words are found.
 */
@NullMarked
package dev.confab.bootstrap.content;

import org.jspecify.annotations.NullMarked;
