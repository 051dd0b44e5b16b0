package dev.confab.testkit;

import static dev.confab.testkit.StoreScene.done;
import static dev.confab.testkit.StoreScene.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.AuditAction;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.BanCursor;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.RoomStore.Acted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How people are kept out of rooms. Part of {@link RoomStoreContract}. */
interface RoomBanContract {

    StoreFixture stores();

    private List<RoomBan> bans(Room room) {
        return stores().rooms()
                .bans(room.id(), stores().clock().instant(), null, 100)
                .items();
    }

    @Test
    default void whoIsBannedIsOutAndStaysOut() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim, lee);
        Instant now = stores().clock().instant();

        Acted.Done banned = done(scene.act(room, kim, new RoomAct.Ban(lee.id(), "욕설", null)));

        assertThat(banned.membership()).isNull();
        assertThat(banned.room().memberCount()).isEqualTo(1);
        assertThat(banned.changes())
                .containsExactly(new RoomChange.MemberBanned(
                        room.id(), lee.id(), Role.MEMBER, kim.id(), room.memberVersion() + 1, now));
        assertThat(stores().rooms().membership(room.id(), lee.id())).isEmpty();
        assertThat(scene.act(room, lee, new RoomAct.Join())).isEqualTo(refused(Refusal.Code.BANNED));
        assertThat(scene.act(room, kim, new RoomAct.Invite(lee.id()))).isEqualTo(refused(Refusal.Code.BANNED));
        assertThat(bans(room)).containsExactly(new RoomBan(room.id(), lee.id(), "욕설", null, kim.id(), now));
        assertThat(stores().rooms().audit(room.id(), null, 50).items())
                .containsExactly(new AuditEntry(
                        room.id(), AuditAction.MEMBER_BANNED, kim.id(), lee.id(), null, Role.MEMBER, "욕설", now));
    }

    @Test
    default void aLiftedBanLetsPeopleBackIn() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);
        done(scene.act(room, kim, new RoomAct.Ban(lee.id(), null, null)));

        assertThat(done(scene.act(room, kim, new RoomAct.LiftBan(lee.id()))).changes())
                .isEmpty();
        done(scene.act(room, kim, new RoomAct.LiftBan(lee.id())));

        assertThat(bans(room)).isEmpty();
        scene.join(room, lee);
        assertThat(stores().rooms().audit(room.id(), null, 50).items())
                .extracting(AuditEntry::action)
                .containsExactly(AuditAction.BAN_LIFTED, AuditAction.MEMBER_BANNED);
    }

    @Test
    default void aBanEndsByItself() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);
        Instant until = stores().clock().instant().plusSeconds(60);
        done(scene.act(room, kim, new RoomAct.Ban(lee.id(), null, until)));

        stores().clock().advance(Duration.ofSeconds(59));
        assertThat(scene.act(room, lee, new RoomAct.Join())).isEqualTo(refused(Refusal.Code.BANNED));
        assertThat(bans(room)).hasSize(1);
        stores().clock().advance(Duration.ofSeconds(1));

        assertThat(bans(room)).isEmpty();
        scene.join(room, lee);
    }

    @Test
    default void aLaterBanTakesThePlaceOfAnEarlierOne() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);
        done(scene.act(room, kim, new RoomAct.Ban(lee.id(), "first", null)));
        scene.tick();
        Instant until = stores().clock().instant().plusSeconds(60);

        Acted.Done again = done(scene.act(room, kim, new RoomAct.Ban(lee.id(), "second", until)));

        assertThat(again.changes()).isEmpty();
        assertThat(bans(room))
                .containsExactly(new RoomBan(
                        room.id(),
                        lee.id(),
                        "second",
                        until,
                        kim.id(),
                        stores().clock().instant()));
    }

    @Test
    default void whoNeverWasAMemberCanBeBannedIfHeExists() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room room = scene.room(kim);

        Acted.Done banned = done(scene.act(room, kim, new RoomAct.Ban(lee.id(), null, null)));

        assertThat(banned.room().memberCount()).isEqualTo(1);
        assertThat(scene.act(room, kim, new RoomAct.Ban(UserId.random(), null, null)))
                .isEqualTo(refused(Refusal.Code.USER_NOT_FOUND));
        assertThat(scene.act(room, lee, new RoomAct.Ban(kim.id(), null, null)))
                .isEqualTo(refused(Refusal.Code.NOT_A_MEMBER));
    }

    @Test
    default void bansArePagedByTheirTime() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<UserId> banned = new ArrayList<>();
        for (User user : scene.users(7)) {
            done(scene.act(room, kim, new RoomAct.Ban(user.id(), null, null)));
            banned.add(user.id());
            scene.tick();
        }

        List<UserId> listed = new ArrayList<>();
        @Nullable BanCursor after = null;
        do {
            Page<RoomBan, BanCursor> page =
                    stores().rooms().bans(room.id(), stores().clock().instant(), after, 3);
            page.items().forEach(ban -> listed.add(ban.userId()));
            after = page.nextCursor();
        } while (after != null);

        assertThat(listed).isEqualTo(banned);
    }

    @Test
    default void joiningAndBeingBannedAtOnceLeavesNobodyInside() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<User> users = scene.users(10);

        AtOnce.call(
                20,
                i -> i % 2 == 0
                        ? scene.act(room, users.get(i / 2), new RoomAct.Join())
                        : scene.act(room, kim, new RoomAct.Ban(users.get(i / 2).id(), null, null)));

        assertThat(scene.now(room).memberCount()).isEqualTo(1);
        assertThat(stores().rooms().members(room.id(), null, 50).items()).hasSize(1);
    }
}
