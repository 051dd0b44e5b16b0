package dev.confab.testkit.simulation;

import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.testkit.simulation.Move.Kind;
import dev.confab.testkit.simulation.StoredRoom.Happened;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What people may do next. */
final class ClientMoves {

    private final World world;
    private final List<Move> all;

    private ClientMoves(World world, List<Move> all) {
        this.world = world;
        this.all = all;
    }

    static void add(World world, List<Move> all) {
        ClientMoves moves = new ClientMoves(world, all);
        world.devices().forEach(moves::add);
    }

    private void add(String name, Kind kind, int weight, BooleanSupplier possible, Consumer<Choices> happen) {
        all.add(new Move(name, kind, weight, possible, happen));
    }

    private void add(Device device) {
        String name = device.name();
        for (Gateway gateway : world.gateways()) {
            add(
                    name + " connects to " + gateway.name(),
                    Kind.COMING,
                    6,
                    () -> !device.isConnected() && gateway.chat() != null,
                    choices -> device.connect(gateway));
        }
        add(name + " disconnects", Kind.COMING, 1, device::isConnected, choices -> device.disconnect());
        for (RoomView view : device.views()) {
            String room = Story.of(view.roomId());
            add(
                    name + " enters " + room,
                    Kind.COMING,
                    4,
                    () -> device.canAsk() && view.isAway(),
                    choices -> device.join(view, !choices.rarely(5)));
            add(
                    name + " goes out of " + room,
                    Kind.COMING,
                    1,
                    () -> device.canAsk() && view.isLive(),
                    choices -> device.leave(view));
            add(
                    name + " sends to " + room,
                    Kind.TALK,
                    3,
                    device::canSend,
                    choices -> device.send(device.person().message(view.roomId())));
            add(
                    name + " changes a message in " + room,
                    Kind.CHANGE,
                    1,
                    () -> device.canAsk() && !messages(view.roomId()).isEmpty(),
                    choices -> change(device, view.roomId(), choices));
            add(
                    name + " marks " + room + " as read",
                    Kind.CHANGE,
                    1,
                    () -> device.canAsk() && !messages(view.roomId()).isEmpty(),
                    choices -> device.markRead(view.roomId(), fromNewest(messages(view.roomId()), choices)));
            add(name + " joins " + room, Kind.PLACE, 2, device::canAsk, choices -> device.becomeMember(view.roomId()));
            add(
                    name + " leaves " + room,
                    Kind.PLACE,
                    1,
                    device::canAsk,
                    choices -> device.endMembership(view.roomId()));
            add(
                    name + " moderates " + room,
                    Kind.PLACE,
                    2,
                    device::canAsk,
                    choices -> moderate(device, view.roomId(), choices));
        }
        add(
                name + " sends again",
                Kind.REPEAT,
                8,
                () -> device.canSend() && !device.person().messages().isEmpty(),
                choices -> device.send(fromNewest(device.person().messages(), choices)));
        add(
                name + " changes again",
                Kind.REPEAT,
                1,
                () -> device.canAsk() && !device.person().changes().isEmpty(),
                choices -> {
                    Person.Changing change = fromNewest(device.person().changes(), choices);
                    device.change(change, "again " + world.nextNumber());
                });
    }

    private List<Happened> messages(RoomId roomId) {
        return world.judge().stored().room(roomId).messages();
    }

    private static <T> T fromNewest(List<T> list, Choices choices) {
        return list.get(list.size() - 1 - choices.pick(list.size()));
    }

    private void change(Device device, RoomId roomId, Choices choices) {
        Happened message = fromNewest(messages(roomId), choices);
        boolean deletes = choices.rarely(3);
        device.change(
                device.person().change(roomId, message.id(), deletes), device.name() + " edit " + world.nextNumber());
    }

    private void moderate(Device device, RoomId roomId, Choices choices) {
        UserId whom = world.users().get(choices.pick(world.users().size()));
        RoomAct.Moderation act = switch (choices.pick(12)) {
            case 0, 1, 2, 3 -> new RoomAct.Remove(whom);
            case 4, 5 -> new RoomAct.Ban(whom, null, null);
            case 6 -> new RoomAct.LiftBan(whom);
            case 7, 8, 9 -> new RoomAct.Invite(whom);
            case 10 -> new RoomAct.ChangeRole(whom, Role.ADMIN);
            default -> choices.rarely(4) ? new RoomAct.Close() : new RoomAct.Update("room", null, null, null);
        };
        world.story()
                .tell(() -> "    " + act.getClass().getSimpleName() + " " + Story.of(whom) + " in " + Story.of(roomId));
        device.moderate(roomId, act);
    }
}
