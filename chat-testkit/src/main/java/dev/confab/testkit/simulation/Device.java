package dev.confab.testkit.simulation;

import dev.confab.chat.Chat;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.StoreUnavailableException;
import dev.confab.testkit.simulation.Connection.Named;
import dev.confab.testkit.simulation.StoredRoom.Happened;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client program: it comes and goes, resumes where it was, and sends again what it has heard nothing of. */
final class Device {

    private final World world;
    private final String name;
    private final Person person;
    private final int lane;
    private final List<RoomView> views = new ArrayList<>();
    private @Nullable Connection connection;
    private @Nullable Gateway at;

    Device(World world, String name, Person person, int lane) {
        this.world = world;
        this.name = name;
        this.person = person;
        this.lane = lane;
        world.rooms().forEach(room -> views.add(new RoomView(world, person.id(), room)));
    }

    String name() {
        return name;
    }

    Person person() {
        return person;
    }

    int lane() {
        return lane;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    boolean isConnected() {
        return connection != null;
    }

    /** Whether the gateway it is connected to answers. */
    boolean canAsk() {
        Gateway gateway = at;
        return connection != null && gateway != null && !gateway.node().isFrozen();
    }

    boolean canSend() {
        Connection open = connection;
        return open != null && canAsk() && open.canSend();
    }

    RoomView view(int number) {
        return views.get(number);
    }

    List<RoomView> views() {
        return views;
    }

    void connect(Gateway gateway) {
        Chat chat = gateway.chat();
        if (chat != null && connection == null) {
            Connection opened = new Connection(world, this, gateway, chat, world.nextNumber());
            connection = opened;
            at = gateway;
            gateway.connected(opened);
        }
    }

    void disconnect() {
        Connection open = connection;
        if (open != null) {
            disconnected(open);
            open.close();
        }
    }

    void disconnected(Connection gone) {
        if (connection == gone) {
            connection = null;
            at = null;
            views.forEach(RoomView::disconnected);
        }
    }

    void join(RoomView view, boolean resume) {
        Connection open = connection;
        if (open != null && view.isAway()) {
            var answer = open.session().join(view.join(open.chat().liveChat().epoch(), resume));
            var unused = answer.thenAccept(entry -> open.write(() -> view.entered(entry)));
        }
    }

    void leave(RoomView view) {
        Connection open = connection;
        if (open != null && view.isLive()) {
            view.leave();
            var unused = open.session().leave(view.roomId()).thenRun(() -> open.write(view::left));
        }
    }

    void send(Person.Sent message) {
        Connection open = connection;
        if (open == null) {
            return;
        }
        String content = message.content(name);
        world.story().tell(() -> "    " + name + " sends '" + content + "' to " + Story.of(message.roomId()));
        PostMessage.Posting posting = open.chat()
                .postMessage()
                .post(new PostMessage.Send(
                        person.id(), message.roomId(), message.id(), new MessageBody(MessageType.TEXT, content), null));
        open.sending(posting.submitted());
        var unused = posting.accepted().thenAccept(result -> {
            world.judge().answered(message.roomId(), person.id(), content, result);
            open.write(() -> answered(open, message, result));
        });
    }

    private static void answered(Connection open, Person.Sent message, Result<ClientMessageId> result) {
        if (result instanceof Result.Ok<ClientMessageId>) {
            open.accepted(new Named(message.roomId(), message.id()));
        }
    }

    void change(Person.Changing change, String content) {
        Connection open = connection;
        if (open == null) {
            return;
        }
        CompletionStage<Result<ClientMessageId>> unused = change.deletes()
                ? open.chat()
                        .deleteMessage()
                        .delete(new DeleteMessage.Deletion(
                                person.id(), change.roomId(), change.messageId(), change.id()))
                : open.chat()
                        .editMessage()
                        .edit(new EditMessage.Edit(
                                person.id(), change.roomId(), change.messageId(), change.id(), content));
    }

    void markRead(RoomId roomId, Happened message) {
        block(chat -> {
            var unused = chat.markRead().markRead(person.id(), roomId, message.id());
        });
    }

    void becomeMember(RoomId roomId) {
        block(chat -> {
            var unused = chat.joinRoom().join(person.id(), roomId);
        });
    }

    void endMembership(RoomId roomId) {
        block(chat -> {
            var unused = chat.leaveRoom().leave(person.id(), roomId);
        });
    }

    void moderate(RoomId roomId, RoomAct.Moderation act) {
        block(chat -> {
            var unused = chat.moderateRoom().moderate(person.id(), roomId, act);
        });
    }

    private void block(Consumer<Chat> call) {
        Connection open = connection;
        if (open != null) {
            open.node().execute(() -> {
                try {
                    call.accept(open.chat());
                } catch (StoreUnavailableException | BusUnavailableException away) {
                    // The client is told so.
                }
            });
        }
    }

    /** Something arrived that the gateway had told. */
    void hear(Connection from, ChatEvent event, boolean replay) {
        UserId user = person.id();
        world.story().tell(() -> "    " + name + " sees " + (replay ? "again " : "") + Story.of(event));
        if (event instanceof ChatEvent.CommandRejected rejected) {
            from.told(new Named(rejected.roomId(), rejected.commandId()));
        }
        if (event instanceof ChatEvent.MessagePosted posted
                && user.equals(posted.message().senderId())) {
            from.told(new Named(posted.roomId(), posted.message().clientMessageId()));
        }
        for (RoomView view : views) {
            if (view.roomId().equals(event.roomId())) {
                if (event instanceof ChatEvent.Timeline timeline) {
                    view.hear(timeline, replay);
                } else if (Judge.endsPlaceOf(event, user)) {
                    view.doubt();
                }
            }
        }
    }

    /** Messages of this person of which nothing final is known on this connection. */
    List<Person.Sent> unsure() {
        Connection open = connection;
        return open == null
                ? List.of()
                : person.messages().stream()
                        .filter(sent -> {
                            Named named = new Named(sent.roomId(), sent.id());
                            return !open.isAccepted(named) && !open.isTold(named);
                        })
                        .toList();
    }

    /** When everything is at rest: what was accepted on this connection was told on it as well (G6). */
    void lookAtRest() {
        Connection open = connection;
        if (open == null) {
            world.judge().broken("nobody is let in", name + " has no connection");
            return;
        }
        for (Named named : open.accepted()) {
            if (!open.isTold(named) && !isCovered(named)) {
                world.judge()
                        .broken(
                                "G6 accepted and never told",
                                name + " was not told what became of "
                                        + named.id().value().getLeastSignificantBits() + " in "
                                        + Story.of(named.roomId()));
            }
        }
        views.forEach(RoomView::lookAtRest);
    }

    /** Whether it is a place that this client has passed. */
    private boolean isCovered(Named named) {
        Long place = world.judge()
                .stored()
                .room(named.roomId())
                .placeOf(new dev.confab.chat.timeline.CommandKey(person.id(), named.id()));
        return place != null
                && views.stream().anyMatch(view -> view.roomId().equals(named.roomId()) && view.covered() >= place);
    }
}
