package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.RelayPorts;
import dev.confab.chat.port.out.RoomStore.Acted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayRoomChangesTest {

    private final UseCases chat = new UseCases();
    private final FaultyBus bus = new FaultyBus();
    private final RelayRoomChanges relay = new RelayRoomChanges(new RelayPorts(
            chat.stores.outbox(), bus, chat.stores.messageLog(), chat.stores.rooms(), chat.stores.users()));

    private final User ann = chat.user("Ann");
    private final User kim = chat.user("Kim");

    private void act(Room room, User by, RoomAct act) {
        assertThat(chat.stores.rooms().act(room.id(), by.id(), act, chat.clock.instant()))
                .isInstanceOf(Acted.Done.class);
    }

    private void relayAll() {
        while (relay.relay(3) > 0) {
            assertThat(bus.events()).isNotEmpty();
        }
    }

    private List<String> said(Room room) {
        return bus.announced(room.id()).stream().map(Command.Announce::content).toList();
    }

    @Test
    void eachChangeIsPublishedUnderItsIdWithItsVersionOfTheMembershipAndThenTakenOut() {
        Room room = chat.room(Visibility.PUBLIC, ann);
        act(room, kim, new RoomAct.Join());
        List<Outbox.Entry> before = chat.stores.outbox().pending(10);

        assertThat(relay.relay(10)).isEqualTo(2);

        assertThat(bus.events())
                .isEqualTo(before.stream()
                        .map(entry -> new ChatEvent.RoomChanged(entry.id(), entry.change()))
                        .toList());
        assertThat(bus.published).extracting("memberVersion").containsExactly(1L, 2L);
        assertThat(bus.published)
                .allMatch(one -> one.epoch().equals(chat.stores.messageLog().epoch()));
        assertThat(chat.stores.outbox().pending(10)).isEmpty();
        assertThat(relay.relay(10)).isZero();
    }

    @Test
    void whatChangesWhoIsInTheRoomIsAnnouncedInPlainWords() {
        User lee = chat.user("Lee");
        Room room = chat.room(Visibility.PUBLIC, ann);
        act(room, kim, new RoomAct.Join());
        act(room, kim, new RoomAct.Leave());
        act(room, ann, new RoomAct.Invite(kim.id()));
        act(room, ann, new RoomAct.Remove(kim.id()));
        act(room, lee, new RoomAct.Join());
        act(room, ann, new RoomAct.Ban(lee.id(), null, null));
        act(room, ann, new RoomAct.Update("Tea", null, null, null));
        act(room, ann, new RoomAct.Close());

        relayAll();

        assertThat(said(room))
                .containsExactly(
                        "Kim joined",
                        "Kim left",
                        "Ann invited Kim",
                        "Ann removed Kim",
                        "Lee joined",
                        "Ann banned Lee",
                        "Ann renamed the room to Tea",
                        "Ann closed the room");
    }

    @Test
    void whatChangesNothingForThoseInTheRoomIsNotAnnounced() {
        User lee = chat.user("Lee");
        Room room = chat.room(Visibility.PUBLIC, ann, kim);
        act(room, ann, new RoomAct.Ban(lee.id(), null, null));
        act(room, ann, new RoomAct.ChangeRole(kim.id(), Role.ADMIN));
        act(room, ann, new RoomAct.Update(null, Visibility.PRIVATE, 7, Map.of("a", 1)));

        relayAll();

        assertThat(bus.events()).hasSize(5);
        assertThat(said(room)).isEmpty();
    }

    @Test
    void comingBackToARoomForTwoIsTalkingAgain() {
        CreateRoom.NewRoom direct =
                new CreateRoom.NewRoom(ann.id(), null, RoomType.DIRECT, null, List.of(kim.id()), null, null, Map.of());
        Room room = UseCases.ok(chat.createRoom().create(direct)).room();
        act(room, ann, new RoomAct.Leave());
        act(room, kim, new RoomAct.Leave());
        UseCases.ok(chat.createRoom().create(direct));

        relayAll();

        assertThat(said(room)).containsExactly("Ann left", "Kim left");
    }

    @Test
    void whatCouldNotBePublishedIsPublishedAgainAndNothingIsAnnouncedBefore() {
        Room room = chat.room(Visibility.PUBLIC, ann);
        act(room, kim, new RoomAct.Join());
        bus.away = true;

        assertThatThrownBy(() -> relay.relay(10)).isInstanceOf(BusUnavailableException.class);
        assertThat(chat.stores.outbox().pending(10)).hasSize(2);
        assertThat(said(room)).isEmpty();

        bus.away = false;
        relayAll();
        assertThat(bus.events()).hasSize(2);
        assertThat(said(room)).containsExactly("Kim joined");
    }

    @Test
    void anAnnouncementThatIsNotTakenHoldsUpThoseThatCameAfterItInTheRoomAndAllComeAgain() {
        Room room = chat.room(Visibility.PUBLIC, ann);
        Room other = chat.room(Visibility.PUBLIC, ann);
        act(room, kim, new RoomAct.Join());
        act(room, kim, new RoomAct.Leave());
        act(room, kim, new RoomAct.Join());
        act(other, kim, new RoomAct.Join());
        bus.refuses = "Kim left";

        assertThatThrownBy(() -> relay.relay(10)).isInstanceOf(BusUnavailableException.class);
        assertThat(said(room)).containsExactly("Kim joined");
        assertThat(said(other)).containsExactly("Kim joined");
        assertThat(chat.stores.outbox().pending(10)).hasSize(6);

        bus.refuses = "";
        relayAll();
        assertThat(said(room)).containsExactly("Kim joined", "Kim joined", "Kim left", "Kim joined");
        List<Command.Announce> all = bus.announced(room.id());
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(3).commandId()).isNotEqualTo(all.get(1).commandId());
    }

    @Test
    void namesOfAnyLengthFit() {
        User long1 = chat.user("x");
        chat.stores.users().rename(long1.id(), "👩".repeat(5_000));
        Room room = chat.room(Visibility.PUBLIC, ann);
        act(room, long1, new RoomAct.Join());
        act(room, ann, new RoomAct.Remove(long1.id()));

        relayAll();

        assertThat(said(room)).containsExactly("👩".repeat(99) + "… joined", "Ann removed " + "👩".repeat(99) + "…");
    }

    @Test
    void theNameOfAnAnnouncementFollowsFromTheChange() {
        Room room = chat.room(Visibility.PUBLIC, ann);
        act(room, kim, new RoomAct.Join());
        Outbox.Entry joined = chat.stores.outbox().pending(10).getLast();

        relayAll();

        Command.Announce announced = bus.announced(room.id()).getFirst();
        assertThat(announced.commandId()).isEqualTo(joined.id().announcement());
        assertThat(announced.commandId().value().version()).isEqualTo(5);
        assertThat(announced.acceptedAt()).isEqualTo(joined.change().occurredAt());
        assertThat(joined.change()).isInstanceOf(RoomChange.MemberJoined.class);
    }

    @Test
    void aRoomThatIsGoneHoldsUpNothing() {
        Room room = chat.room(Visibility.PUBLIC, ann);
        act(room, kim, new RoomAct.Join());
        RelayPorts nothing = new RelayPorts(
                chat.stores.outbox(),
                bus,
                chat.stores.messageLog(),
                new UseCases().stores.rooms(),
                new UseCases().stores.users());

        assertThat(new RelayRoomChanges(nothing).relay(10)).isEqualTo(2);

        assertThat(said(room)).containsExactly("Somebody joined");
        assertThat(bus.announced(RoomId.random())).isEmpty();
    }
}
