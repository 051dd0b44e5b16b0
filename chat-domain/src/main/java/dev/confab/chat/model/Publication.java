package dev.confab.chat.model;

/**
 * An event on its way from where it was stored to every gateway.
 *
 * @param epoch the life of the store in which it happened
 * @param memberVersion the room's membership version when it was stored (G14); 0 where the event carries none
 * @param traceId of the command that caused it
 */
public record Publication(Epoch epoch, long memberVersion, TraceId traceId, ChatEvent event) {}
