package dev.confab.testkit.simulation;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Somebody with one or more devices, and what he or she sent; any of the devices may send it again. */
final class Person {

    private final UserId id;
    private final String name;
    private final List<Sent> messages = new ArrayList<>();
    private final List<Changing> changes = new ArrayList<>();
    private long names;

    /** A message and how often it was sent. */
    static final class Sent {
        private final ClientMessageId id;
        private final RoomId roomId;
        private int tries;

        Sent(ClientMessageId id, RoomId roomId) {
            this.id = id;
            this.roomId = roomId;
        }

        ClientMessageId id() {
            return id;
        }

        RoomId roomId() {
            return roomId;
        }

        /** A content for one more attempt, as no other has it. */
        String content(String device) {
            tries++;
            return device + "#" + id.value().getLeastSignificantBits() + (tries == 1 ? "" : " again (" + tries + ")");
        }
    }

    /** An edit, or a deletion where {@code deletes}. */
    record Changing(ClientMessageId id, RoomId roomId, MessageId messageId, boolean deletes) {}

    Person(UserId id) {
        this.id = id;
        this.name = Story.of(id);
    }

    UserId id() {
        return id;
    }

    String name() {
        return name;
    }

    Sent message(RoomId roomId) {
        Sent sent = new Sent(name(++names), roomId);
        messages.add(sent);
        return sent;
    }

    List<Sent> messages() {
        return messages;
    }

    Changing change(RoomId roomId, MessageId messageId, boolean deletes) {
        Changing change = new Changing(name(++names), roomId, messageId, deletes);
        changes.add(change);
        return change;
    }

    List<Changing> changes() {
        return changes;
    }

    private ClientMessageId name(long number) {
        return new ClientMessageId(new UUID(id.value().getLeastSignificantBits(), number));
    }
}
