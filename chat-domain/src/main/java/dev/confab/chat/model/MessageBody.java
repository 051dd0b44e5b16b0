package dev.confab.chat.model;

/**
 * What a sender says. Use {@link ChatLimits#check(MessageBody)} before it is accepted.
 *
 * @param content the text, URL or descriptor; at most {@link ChatLimits#MAX_CONTENT} code points
 */
public record MessageBody(MessageType type, String content) {}
