package dev.confab.chat.usecase;

import static dev.confab.chat.usecase.UseCases.assertRefused;
import static dev.confab.chat.usecase.UseCases.ok;
import static dev.confab.chat.usecase.UseCases.violations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.in.CreateRoom.NewRoom;
import dev.confab.chat.port.in.ModerateRoom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** DIRECT and BOOKING rooms, and what moderators are told. */
final class RoomKindsTest {

    private final UseCases chat = new UseCases();
    private final CreateRoom createRoom = chat.createRoom();
    private final ModerateRoom moderateRoom = new ModerateRoomService(chat.stores.rooms(), chat.signals, chat.clock);
    private final User kim = chat.user("kim");
    private final User lee = chat.user("lee");

    private NewRoom of(
            RoomType type,
            @Nullable String name,
            @Nullable Visibility visibility,
            @Nullable String bookingId,
            UserId... others) {
        return new NewRoom(kim.id(), name, type, visibility, List.of(others), bookingId, null, Map.of());
    }

    @Test
    void aDirectRoomTakesExactlyOneOtherAndNoName() {
        assertThat(violations(createRoom.create(of(RoomType.DIRECT, "x", Visibility.PUBLIC, "b", kim.id()))))
                .containsExactly(
                        "name:not-allowed", "visibility:not-allowed", "memberIds:exactly-one", "bookingId:not-allowed");
        assertRefused(createRoom.create(NewRoom.direct(kim.id(), UserId.random())), Refusal.Code.USER_NOT_FOUND);
        assertThat(ok(createRoom.create(NewRoom.direct(kim.id(), lee.id()))).created())
                .isTrue();
    }

    @Test
    void whoComesBackToADirectRoomIsAnnouncedToTheServers() {
        Room room = ok(createRoom.create(NewRoom.direct(kim.id(), lee.id()))).room();
        assertThat(ok(createRoom.create(NewRoom.direct(lee.id(), kim.id()))))
                .isEqualTo(new CreateRoom.Opened(room, false));
        assertThat(chat.signals.sent).isEmpty();
        ok(new LeaveRoomService(chat.stores.rooms(), chat.signals, chat.clock).leave(kim.id(), room.id()));
        chat.signals.sent.clear();

        Room again = ok(createRoom.create(NewRoom.direct(kim.id(), lee.id()))).room();

        assertThat(again.id()).isEqualTo(room.id());
        assertThat(chat.signals.sent).containsExactly(new Signal.MembershipChanged(room.id(), again.memberVersion()));
    }

    @Test
    void aBookingRoomNeedsItsBookingAndIsPrivateUnlessAskedOtherwise() {
        assertThat(violations(createRoom.create(of(RoomType.BOOKING, "x", null, null))))
                .containsExactly("bookingId:required");
        assertThat(ok(createRoom.create(of(RoomType.BOOKING, "x", null, "b")))
                        .room()
                        .visibility())
                .isEqualTo(Visibility.PRIVATE);
        assertThat(ok(createRoom.create(of(RoomType.BOOKING, "x", Visibility.PUBLIC, "b")))
                        .room()
                        .visibility())
                .isEqualTo(Visibility.PUBLIC);
        assertThat(ok(createRoom.create(of(RoomType.GROUP, "x", null, null)))
                        .room()
                        .visibility())
                .isEqualTo(Visibility.PUBLIC);
    }

    @Test
    void moderationIsSignalledWhenSomethingHappened() {
        Room room = chat.room(Visibility.PUBLIC, kim, lee);

        ok(moderateRoom.moderate(kim.id(), room.id(), new RoomAct.ChangeRole(lee.id(), Role.ADMIN)));
        assertThat(chat.signals.sent)
                .containsExactly(new Signal.MembershipChanged(room.id(), room.memberVersion() + 1));
        chat.signals.sent.clear();

        ok(moderateRoom.moderate(kim.id(), room.id(), new RoomAct.ChangeRole(lee.id(), Role.ADMIN)));
        assertRefused(moderateRoom.moderate(lee.id(), room.id(), new RoomAct.Remove(kim.id())), Refusal.Code.FORBIDDEN);
        assertThat(chat.signals.sent).isEmpty();
    }

    @Test
    void bansAreCheckedAndListed() {
        Room room = chat.room(Visibility.PUBLIC, kim);
        ListBansService listBans = new ListBansService(chat.stores.rooms(), chat.clock);
        var past = new RoomAct.Ban(lee.id(), "\0", chat.clock.instant().minusSeconds(1));

        assertThat(violations(moderateRoom.moderate(kim.id(), room.id(), past)))
                .containsExactly("reason:nul", "until:past");
        ok(moderateRoom.moderate(
                kim.id(),
                room.id(),
                new RoomAct.Ban(lee.id(), null, chat.clock.instant().plusSeconds(9))));

        assertThat(ok(listBans.list(kim.id(), room.id(), null, 50)).items())
                .extracting(RoomBan::userId)
                .containsExactly(lee.id());
        assertRefused(listBans.list(lee.id(), room.id(), null, 50), Refusal.Code.NOT_A_MEMBER);
        chat.clock.advance(Duration.ofSeconds(10));
        assertThat(ok(listBans.list(kim.id(), room.id(), null, 50)).items()).isEmpty();
    }
}
