package dev.confab.chat.port.out;

/** All that the part needs from the outside that tells people of messages. Who makes them closes them. */
public record NotifierPorts(NotificationBus bus, NotificationStore store, Notifier notifier) {}
