package dev.confab.chat.usecase;

import static dev.confab.chat.usecase.UseCases.assertRefused;
import static dev.confab.chat.usecase.UseCases.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.confab.chat.model.MemberCursor;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.RoomSummary;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.in.FindRoom;
import dev.confab.chat.port.in.JoinRoom;
import dev.confab.chat.port.in.LeaveRoom;
import dev.confab.chat.port.in.ListMembers;
import dev.confab.chat.port.in.ListMyRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoomMembershipTest {

    private final UseCases chat = new UseCases();
    private final User kim = chat.user("kim");
    private final User lee = chat.user("lee");
    private final Room open = chat.room(Visibility.PUBLIC, kim);
    private final Room hidden = chat.room(Visibility.PRIVATE, kim);

    private final FindRoom findRoom = new FindRoomService(chat.stores.rooms());
    private final JoinRoom joinRoom = new JoinRoomService(chat.stores.rooms(), chat.signals, chat.clock);
    private final LeaveRoom leaveRoom = new LeaveRoomService(chat.stores.rooms(), chat.signals, chat.clock);
    private final ListMembers listMembers = new ListMembersService(chat.stores.rooms());
    private final ListMyRooms listMyRooms = new ListMyRoomsService(chat.stores.rooms());

    private long versionOf(Room room) {
        return chat.stores.rooms().find(room.id()).orElseThrow().memberVersion();
    }

    @Test
    void aPublicRoomIsFoundByAnybodyAndAPrivateOneByItsMembers() {
        assertThat(ok(findRoom.find(lee.id(), open.id()))).isEqualTo(open);
        assertThat(ok(findRoom.find(kim.id(), hidden.id()))).isEqualTo(hidden);
        assertRefused(findRoom.find(lee.id(), hidden.id()), Refusal.Code.ROOM_NOT_FOUND);
        assertRefused(findRoom.find(lee.id(), RoomId.random()), Refusal.Code.ROOM_NOT_FOUND);
    }

    @Test
    void whoJoinsIsAMemberAndTheServersAreTold() {
        JoinRoom.Joined joined = ok(joinRoom.join(lee.id(), open.id()));

        assertThat(joined.created()).isTrue();
        assertThat(joined.membership().role()).isEqualTo(Role.MEMBER);
        assertThat(joined.membership().joinedAt()).isEqualTo(Instant.parse("2026-02-24T06:00:00.123Z"));
        assertThat(chat.signals.sent).containsExactly(new Signal.MembershipChanged(open.id(), versionOf(open)));
    }

    @Test
    void whoJoinsAgainGetsTheOldMembershipAndNobodyIsTold() {
        JoinRoom.Joined first = ok(joinRoom.join(lee.id(), open.id()));
        chat.signals.sent.clear();
        chat.clock.advance(Duration.ofSeconds(5));

        JoinRoom.Joined again = ok(joinRoom.join(lee.id(), open.id()));

        assertThat(again).isEqualTo(new JoinRoom.Joined(first.membership(), false));
        assertThat(chat.signals.sent).isEmpty();
    }

    @Test
    void joiningIsRefusedForAReason() {
        Room full = ok(chat.createRoom()
                        .create(new CreateRoom.NewRoom(kim.id(), "full", Visibility.PUBLIC, List.of(), 1, Map.of())))
                .room();
        Room closed = chat.room(Visibility.PUBLIC, kim);
        ok(leaveRoom.leave(kim.id(), closed.id()));
        chat.signals.sent.clear();

        assertRefused(joinRoom.join(lee.id(), full.id()), Refusal.Code.ROOM_FULL);
        assertRefused(joinRoom.join(lee.id(), closed.id()), Refusal.Code.ROOM_CLOSED);
        assertRefused(joinRoom.join(lee.id(), hidden.id()), Refusal.Code.ROOM_NOT_FOUND);
        assertRefused(joinRoom.join(lee.id(), RoomId.random()), Refusal.Code.ROOM_NOT_FOUND);
        assertThat(chat.signals.sent).isEmpty();
        assertThat(ok(joinRoom.join(kim.id(), hidden.id())).created()).isFalse();
    }

    @Test
    void whoLeavesIsGoneAndTheServersAreTold() {
        ok(joinRoom.join(lee.id(), open.id()));
        chat.signals.sent.clear();

        assertThat(ok(leaveRoom.leave(lee.id(), open.id()))).isEqualTo(open.id());

        assertThat(chat.signals.sent).containsExactly(new Signal.MembershipChanged(open.id(), versionOf(open)));
        assertThat(chat.stores.rooms().membership(open.id(), lee.id())).isEmpty();
    }

    @Test
    void whoIsNoMemberCannotLeaveAndLearnsNothingOfPrivateRooms() {
        assertRefused(leaveRoom.leave(lee.id(), open.id()), Refusal.Code.NOT_A_MEMBER);
        assertRefused(leaveRoom.leave(lee.id(), hidden.id()), Refusal.Code.ROOM_NOT_FOUND);
        assertRefused(leaveRoom.leave(lee.id(), RoomId.random()), Refusal.Code.ROOM_NOT_FOUND);
        assertThat(chat.signals.sent).isEmpty();
    }

    @Test
    void membersListMembers() {
        chat.clock.advance(Duration.ofSeconds(1));
        ok(joinRoom.join(lee.id(), open.id()));

        Page<Membership, MemberCursor> first = ok(listMembers.list(kim.id(), open.id(), null, 1));
        Page<Membership, MemberCursor> second = ok(listMembers.list(lee.id(), open.id(), first.nextCursor(), 1));

        assertThat(first.items()).extracting(Membership::userId).containsExactly(kim.id());
        assertThat(second.items()).extracting(Membership::userId).containsExactly(lee.id());
        assertThat(second.hasMore()).isFalse();
    }

    @Test
    void strangersDoNotListMembers() {
        assertRefused(listMembers.list(lee.id(), open.id(), null, 50), Refusal.Code.NOT_A_MEMBER);
        assertRefused(listMembers.list(lee.id(), hidden.id(), null, 50), Refusal.Code.ROOM_NOT_FOUND);
        assertRefused(listMembers.list(lee.id(), RoomId.random(), null, 50), Refusal.Code.ROOM_NOT_FOUND);
    }

    @Test
    void onesOwnRoomsAreListed() {
        assertThat(listMyRooms.list(kim.id(), null, 50).items())
                .extracting(RoomSummary::room)
                .containsExactlyInAnyOrder(open, hidden);
        assertThat(listMyRooms.list(lee.id(), null, 50).items()).isEmpty();
    }

    @Test
    void aPageHasOneToAHundredItems() {
        for (int limit : new int[] {0, -1, 101}) {
            assertThatIllegalArgumentException().isThrownBy(() -> listMyRooms.list(kim.id(), null, limit));
            assertThatIllegalArgumentException().isThrownBy(() -> listMembers.list(kim.id(), open.id(), null, limit));
        }
    }
}
