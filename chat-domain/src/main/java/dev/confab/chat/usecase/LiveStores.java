package dev.confab.chat.usecase;

import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.RoomStore;

/** What the live part reads. */
record LiveStores(MessageLog log, RoomStore rooms) {}
