/**
 * REST: which paths there are, who may call them, and how a call becomes a use case and its result a response.
 *
 * <p>Threads: requests arrive on event loops; endpoints of use cases that block run on an {@code Offload}, and responses
 * are written on the event loop again.
 *
 * <p>Must not enter: rules of chat, WebSocket.
 */
@NullMarked
package dev.confab.netty.rest;

import org.jspecify.annotations.NullMarked;
