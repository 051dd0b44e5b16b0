package dev.confab.chat.port.out;

/**
 * One independent, ordered part of the command log. All commands of a room lie in one partition.
 *
 * @param log the log's name
 * @param number 0 or greater
 */
public record CommandPartition(String log, int number) {}
