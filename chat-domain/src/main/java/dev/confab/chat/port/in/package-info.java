/**
 * What the outside may ask of chat: one verb per file.
 *
 * <p>Threads: Each interface states whether it may block; blocking ones must not be called on an event loop.
 *
 * <p>Must not enter: transport words: HTTP, WebSocket, JSON.
 */
@NullMarked
package dev.confab.chat.port.in;

import org.jspecify.annotations.NullMarked;
