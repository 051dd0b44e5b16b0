package dev.confab.chat.port.out;

/** What deleting old messages needs from the outside. Who makes them closes them. */
public record RetentionPorts(MessageRetention retention, MessageLog messageLog, MessageArchive archive) {}
