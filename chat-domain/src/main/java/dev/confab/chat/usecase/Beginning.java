package dev.confab.chat.usecase;

import java.util.function.Consumer;

/**
 * How a session begins in a room.
 *
 * @param seen the highest place it knows
 * @param live whether it hears of what happens at once, or is to be told of earlier events first
 * @param begun runs on the lane once the session is in, before any live event reaches it
 */
record Beginning(long seen, boolean live, Consumer<Subscriber> begun) {}
