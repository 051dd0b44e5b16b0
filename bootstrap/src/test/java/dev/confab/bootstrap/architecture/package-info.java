/**
 * The rules of the house that a machine can check, and for each a fixture that breaks it.
 *
 * <p>A rule is written against a root package. The tests run it against the product ({@code dev.confab}), where it must
 * hold, and against {@code fixture}, a tiny copy of the layout full of mistakes, where it must not.
 *
 * <p>Threads: one test at a time.
 *
 * <p>Must not enter: rules that look at one class only; those are tests of that class.
 */
@NullMarked
package dev.confab.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
