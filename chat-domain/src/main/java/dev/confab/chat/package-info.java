/**
 * Confab's hexagon. From the inside out:
 *
 * <ul>
 *   <li>{@link dev.confab.chat.model}: what chat is made of
 *   <li>{@link dev.confab.chat.timeline}: what becomes of commands in a locked room, decided purely
 *   <li>{@link dev.confab.chat.port.in}: what the outside may ask
 *   <li>{@link dev.confab.chat.port.out}: what chat needs from the outside
 *   <li>{@code usecase}: the services between the two
 *   <li>{@link dev.confab.chat.inmemory}: adapters without any server, a supported product
 * </ul>
 *
 * <p>Threads: {@code Chat} is safe on any thread.
 *
 * <p>Must not enter: anything but the embedder's door.
 */
@NullMarked
package dev.confab.chat;

import org.jspecify.annotations.NullMarked;
