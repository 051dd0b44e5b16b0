/**
 * The hexagon.
 *
 * <p>{@code model} holds the values, {@code port.in} what the outside may ask, {@code port.out} what the domain needs,
 * {@code usecase} the services between them, {@code inmemory} adapters that need no server.
 *
 * <p>Threads: each type says its own rule; nothing here starts a thread.
 *
 * <p>Nothing but the JDK and JSpecify may enter.
 */
@NullMarked
package dev.confab.chat;

import org.jspecify.annotations.NullMarked;
