package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.done;
import static dev.confab.testkit.StoreScene.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.AuditAction;
import dev.confab.chat.model.AuditCursor;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.Membership;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.RoomStore.Acted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What members and moderators do to rooms and to each other. Part of {@link RoomStoreContract}. */
interface RoomModerationContract {

    StoreFixture stores();

    private @Nullable Role roleOf(User user, Room room) {
        return stores().rooms()
                .membership(room.id(), user.id())
                .map(Membership::role)
                .orElse(null);
    }

    private RoomChange lastChange(Room room) {
        return stores().outbox().pending(100_000).stream()
                .map(Outbox.Entry::change)
                .filter(change -> change.roomId().equals(room.id()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private List<AuditEntry> audit(Room room) {
        return stores().rooms().audit(room.id(), null, 100).items();
    }

    @Test
    default void whoIsInvitedIsAMemberAndItIsKnownByWhom() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(Visibility.PRIVATE, null, kim);

        Acted.Done invited = done(scene.act(room, kim, new RoomAct.Invite(lee.id())));

        assertThat(invited.membership())
                .isEqualTo(stores().rooms().membership(room.id(), lee.id()).orElseThrow());
        assertThat(invited.room()).isEqualTo(scene.now(room));
        assertThat(invited.room().memberCount()).isEqualTo(2);
        assertThat(invited.changes())
                .containsExactly(new RoomChange.MemberJoined(
                        room.id(),
                        lee.id(),
                        Role.MEMBER,
                        kim.id(),
                        room.memberVersion() + 1,
                        stores().clock().instant()));
        assertThat(lastChange(room)).isEqualTo(invited.changes().getFirst());
        assertThat(audit(room)).isEmpty();
        assertThat(done(scene.act(room, kim, new RoomAct.Invite(lee.id()))).changes())
                .isEmpty();
    }

    @Test
    default void invitationsAreRefusedForAReason() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room hidden = scene.room(Visibility.PRIVATE, null, kim, lee);
        Room full = scene.room(Visibility.PUBLIC, 1, kim);

        assertThat(scene.act(hidden, lee, new RoomAct.Invite(park.id()))).isEqualTo(refused(Refusal.Code.FORBIDDEN));
        assertThat(scene.act(hidden, park, new RoomAct.Invite(park.id())))
                .isEqualTo(refused(Refusal.Code.ROOM_NOT_FOUND));
        assertThat(scene.act(full, park, new RoomAct.Invite(lee.id()))).isEqualTo(refused(Refusal.Code.NOT_A_MEMBER));
        assertThat(scene.act(full, kim, new RoomAct.Invite(park.id()))).isEqualTo(refused(Refusal.Code.ROOM_FULL));
        assertThat(scene.act(hidden, kim, new RoomAct.Invite(UserId.random())))
                .isEqualTo(refused(Refusal.Code.USER_NOT_FOUND));
    }

    @Test
    default void capacityHoldsExactlyWithTwentyInvitationsAndJoinsAtOnce() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(Visibility.PUBLIC, 8, kim);
        List<User> users = scene.users(20);

        List<Acted> acts = AtOnce.call(
                20,
                i -> i % 2 == 0
                        ? scene.act(room, kim, new RoomAct.Invite(users.get(i).id()))
                        : scene.act(room, users.get(i), new RoomAct.Join()));

        assertThat(acts.stream().filter(Acted.Done.class::isInstance)).hasSize(7);
        assertThat(acts.stream().filter(refused(Refusal.Code.ROOM_FULL)::equals))
                .hasSize(13);
        assertThat(scene.now(room).memberCount()).isEqualTo(8);
    }

    @Test
    default void anOwnerGivesAndTakesRoles() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);

        Acted.Done raised = done(scene.act(room, kim, new RoomAct.ChangeRole(lee.id(), Role.ADMIN)));

        assertThat(roleOf(lee, room)).isEqualTo(Role.ADMIN);
        assertThat(raised.room().memberVersion()).isEqualTo(room.memberVersion() + 1);
        assertThat(lastChange(room)).isInstanceOf(RoomChange.RoleChanged.class);
        assertThat(done(scene.act(room, kim, new RoomAct.ChangeRole(lee.id(), Role.ADMIN)))
                        .changes())
                .isEmpty();
        assertThat(scene.act(room, lee, new RoomAct.ChangeRole(kim.id(), Role.MEMBER)))
                .isEqualTo(refused(Refusal.Code.FORBIDDEN));
        assertThat(scene.act(room, kim, new RoomAct.ChangeRole(kim.id(), Role.MEMBER)))
                .isEqualTo(refused(Refusal.Code.FORBIDDEN));
        assertThat(scene.act(room, kim, new RoomAct.ChangeRole(lee.id(), Role.OWNER)))
                .isInstanceOf(Acted.Refused.class);
        assertThat(audit(room))
                .containsExactly(new AuditEntry(
                        room.id(),
                        AuditAction.ROLE_CHANGED,
                        kim.id(),
                        lee.id(),
                        null,
                        Role.ADMIN,
                        null,
                        stores().clock().instant()));
    }

    @Test
    default void anOwnerWhoLeavesHandsTheRoomToAnAdminFirst() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room room = scene.room(kim);
        scene.tick();
        scene.join(room, lee);
        scene.tick();
        scene.join(room, park);
        done(scene.act(room, kim, new RoomAct.ChangeRole(park.id(), Role.ADMIN)));

        scene.leave(room, kim);

        assertThat(roleOf(park, room)).isEqualTo(Role.OWNER);
        assertThat(roleOf(lee, room)).isEqualTo(Role.MEMBER);
    }

    @Test
    default void nobodyRemovesOrBansOnesOwnRankOrAbove() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        User choi = scene.user("Choi");
        Room room = scene.room(kim, lee, park, choi);
        done(scene.act(room, kim, new RoomAct.ChangeRole(lee.id(), Role.ADMIN)));
        done(scene.act(room, kim, new RoomAct.ChangeRole(park.id(), Role.ADMIN)));

        for (User equalOrAbove : List.of(kim, lee, park)) {
            assertThat(scene.act(room, lee, new RoomAct.Remove(equalOrAbove.id())))
                    .isEqualTo(refused(Refusal.Code.FORBIDDEN));
            assertThat(scene.act(room, lee, new RoomAct.Ban(equalOrAbove.id(), null, null)))
                    .isEqualTo(refused(Refusal.Code.FORBIDDEN));
        }
        assertThat(scene.act(room, choi, new RoomAct.Remove(choi.id()))).isEqualTo(refused(Refusal.Code.FORBIDDEN));
        Acted.Done removed = done(scene.act(room, lee, new RoomAct.Remove(choi.id())));

        assertThat(removed.membership()).isNull();
        assertThat(removed.room().memberCount()).isEqualTo(3);
        assertThat(roleOf(choi, room)).isNull();
        assertThat(lastChange(room)).isInstanceOf(RoomChange.MemberRemoved.class);
        assertThat(scene.act(room, lee, new RoomAct.Remove(choi.id())))
                .isInstanceOf(Acted.Refused.class)
                .satisfies(acted ->
                        assertThat(((Acted.Refused) acted).refusal().code()).isEqualTo(Refusal.Code.USER_NOT_FOUND));
        assertThat(scene.join(room, choi).membership().role()).isEqualTo(Role.MEMBER);
    }

    @Test
    default void anUpdateChangesWhatItNames() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim, scene.user("Lee"));

        Room renamed = done(scene.act(room, kim, new RoomAct.Update("새 이름", null, null, null)))
                .room();
        Room rest = done(scene.act(room, kim, new RoomAct.Update(null, Visibility.PRIVATE, 2, Map.of("a", 1))))
                .room();

        assertThat(renamed.name()).isEqualTo("새 이름");
        assertThat(renamed.memberVersion()).isEqualTo(room.memberVersion());
        assertThat(rest.name()).isEqualTo("새 이름");
        assertThat(rest.visibility()).isEqualTo(Visibility.PRIVATE);
        assertThat(rest.capacity()).isEqualTo(2);
        assertThat(rest.metadata()).isEqualTo(Map.of("a", 1));
        assertThat(scene.now(room)).isEqualTo(rest);
        assertThat(done(scene.act(room, kim, new RoomAct.Update("새 이름", null, 2, null)))
                        .changes())
                .isEmpty();
        assertThat(scene.act(room, kim, new RoomAct.Update(null, null, 1, null)))
                .isInstanceOf(Acted.Refused.class);
        assertThat(audit(room)).extracting(AuditEntry::detail).containsExactly("visibility,capacity,metadata", "name");
    }

    @Test
    default void aClosedRoomTakesNothingMore() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        User park = scene.user("Park");
        Room room = scene.room(kim, lee);
        assertThat(scene.act(room, lee, new RoomAct.Close())).isEqualTo(refused(Refusal.Code.FORBIDDEN));

        Acted.Done closed = done(scene.act(room, kim, new RoomAct.Close()));

        assertThat(closed.room().status()).isEqualTo(RoomStatus.CLOSED);
        assertThat(closed.room().memberCount()).isEqualTo(2);
        assertThat(closed.room().memberVersion()).isGreaterThan(room.memberVersion());
        assertThat(scene.now(room)).isEqualTo(closed.room());
        assertThat(lastChange(room)).isInstanceOf(RoomChange.RoomClosed.class);
        assertThat(done(scene.act(room, kim, new RoomAct.Close())).changes()).isEmpty();
        for (RoomAct act : List.of(
                new RoomAct.Invite(park.id()),
                new RoomAct.ChangeRole(lee.id(), Role.ADMIN),
                new RoomAct.Update("x", null, null, null))) {
            assertThat(scene.act(room, kim, act)).isEqualTo(refused(Refusal.Code.ROOM_CLOSED));
        }
        assertThat(scene.act(room, park, new RoomAct.Join())).isEqualTo(refused(Refusal.Code.ROOM_CLOSED));
    }

    @Test
    default void theAuditLogIsPagedTheLatestFirst() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Room other = scene.room(kim);
        for (int i = 0; i < 7; i++) {
            done(scene.act(room, kim, new RoomAct.Update("name " + i, null, null, null)));
            done(scene.act(other, kim, new RoomAct.Update("other " + i, null, null, null)));
            scene.tick();
        }
        done(scene.act(room, kim, new RoomAct.Close()));

        List<AuditEntry> all = new ArrayList<>();
        @Nullable AuditCursor after = null;
        int pages = 0;
        do {
            Page<AuditEntry, AuditCursor> page = stores().rooms().audit(room.id(), after, 3);
            all.addAll(page.items());
            after = page.nextCursor();
            pages++;
        } while (after != null);

        assertThat(pages).isEqualTo(3);
        assertThat(all).hasSize(8).isEqualTo(audit(room));
        assertThat(all.getFirst().action()).isEqualTo(AuditAction.ROOM_CLOSED);
        assertThat(all).extracting(AuditEntry::at).isSortedAccordingTo((one, next) -> next.compareTo(one));
    }
}
