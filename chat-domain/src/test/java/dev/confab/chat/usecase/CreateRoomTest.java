package dev.confab.chat.usecase;

import static dev.confab.chat.usecase.UseCases.assertRefused;
import static dev.confab.chat.usecase.UseCases.newRoom;
import static dev.confab.chat.usecase.UseCases.ok;
import static dev.confab.chat.usecase.UseCases.violations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.in.CreateRoom.NewRoom;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CreateRoomTest {

    private final UseCases chat = new UseCases();
    private final CreateRoom createRoom = chat.createRoom();
    private final User kim = chat.user("kim");
    private final User lee = chat.user("lee");

    private NewRoom with(List<UserId> memberIds, @Nullable Integer capacity) {
        return new NewRoom(kim.id(), "room", Visibility.PUBLIC, memberIds, capacity, Map.of());
    }

    private NewRoom with(Map<String, @Nullable Object> metadata) {
        return new NewRoom(kim.id(), "room", Visibility.PUBLIC, List.of(), null, metadata);
    }

    private static Map<String, @Nullable Object> nested(int depth) {
        Map<String, @Nullable Object> map = new HashMap<>();
        if (depth > 1) {
            map.put("k", nested(depth - 1));
        }
        return map;
    }

    @Test
    void aRoomIsOpenedForItsCreatorAndMembers() {
        Room room = ok(createRoom.create(
                        new NewRoom(kim.id(), "방 🙂", Visibility.PRIVATE, List.of(lee.id()), 5, Map.of("topic", "말"))))
                .room();

        assertThat(room.name()).isEqualTo("방 🙂");
        assertThat(room.type()).isEqualTo(RoomType.GROUP);
        assertThat(room.visibility()).isEqualTo(Visibility.PRIVATE);
        assertThat(room.status()).isEqualTo(RoomStatus.OPEN);
        assertThat(room.capacity()).isEqualTo(5);
        assertThat(room.metadata()).isEqualTo(Map.of("topic", "말"));
        assertThat(room.createdBy()).isEqualTo(kim.id());
        assertThat(room.createdAt()).isEqualTo(Instant.parse("2026-02-24T06:00:00.123Z"));
        assertThat(room.memberCount()).isEqualTo(2);
    }

    @Test
    void theCreatorAndRepeatsAmongTheMembersCountOnce() {
        Room room = ok(createRoom.create(with(List.of(lee.id(), kim.id(), lee.id()), 2)))
                .room();

        assertThat(room.memberCount()).isEqualTo(2);
    }

    @Test
    void unknownMembersAreRefused() {
        assertRefused(createRoom.create(with(List.of(lee.id(), UserId.random()), null)), Refusal.Code.USER_NOT_FOUND);
    }

    @Test
    void theNameHasOneToAHundredCodePoints() {
        assertThat(violations(createRoom.create(newRoom(kim, null)))).containsExactly("name:required");
        assertThat(violations(createRoom.create(newRoom(kim, "\u3000")))).containsExactly("name:empty");
        assertThat(violations(createRoom.create(newRoom(kim, "🙂".repeat(101)))))
                .containsExactly("name:too-long");
        assertThat(violations(createRoom.create(newRoom(kim, "a\0")))).containsExactly("name:nul");
        assertThat(ok(createRoom.create(newRoom(kim, "🙂".repeat(100)))).room().name())
                .isEqualTo("🙂".repeat(100));
    }

    @Test
    void theCapacityHoldsThoseWhoBegin() {
        assertThat(violations(createRoom.create(with(List.of(lee.id()), 1)))).containsExactly("capacity:too-small");
        assertThat(violations(createRoom.create(with(List.of(), 0)))).containsExactly("capacity:out-of-range");
        assertThat(violations(createRoom.create(with(List.of(), -5)))).containsExactly("capacity:out-of-range");
        assertThat(violations(createRoom.create(with(List.of(), 100_001)))).containsExactly("capacity:out-of-range");
        assertThat(ok(createRoom.create(with(List.of(), 1))).room().capacity()).isEqualTo(1);
        assertThat(ok(createRoom.create(with(List.of(), 100_000))).room().capacity())
                .isEqualTo(100_000);
    }

    @Test
    void aRoomBeginsWithAtMostAThousandOthers() {
        List<UserId> many = Stream.generate(UserId::random).limit(1_001).toList();

        assertThat(violations(createRoom.create(with(many, null)))).containsExactly("memberIds:too-many");
        List<UserId> repeated = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            repeated.add(lee.id());
        }
        assertThat(ok(createRoom.create(with(repeated, null))).room().memberCount())
                .isEqualTo(2);
    }

    @Test
    void allThatIsWrongIsToldTogether() {
        NewRoom wrong = new NewRoom(kim.id(), "", Visibility.PUBLIC, List.of(), 0, Map.of("k", "\0"));

        assertThat(violations(createRoom.create(wrong)))
                .containsExactly("name:empty", "capacity:out-of-range", "metadata:nul");
    }

    @Test
    void metadataHoldsWhatJsonHolds() {
        Map<String, @Nullable Object> inner = new HashMap<>();
        inner.put("nothing", null);
        inner.put("numbers", List.of(1, 2L, 1.5, new BigDecimal("1e20"), BigInteger.TEN));
        Map<String, @Nullable Object> metadata = new HashMap<>();
        metadata.put("열쇠", inner);
        metadata.put("yes", true);

        assertThat(ok(createRoom.create(with(metadata))).room().metadata()).isEqualTo(metadata);
    }

    @Test
    void metadataIsACopy() {
        Map<String, @Nullable Object> inner = new HashMap<>(Map.of("k", "before"));
        Map<String, @Nullable Object> metadata = new HashMap<>(Map.of("inner", inner));
        Room room = ok(createRoom.create(with(metadata))).room();

        inner.put("k", "after");
        metadata.clear();

        assertThat(chat.stores.rooms().find(room.id()).orElseThrow().metadata())
                .isEqualTo(Map.of("inner", Map.of("k", "before")));
    }

    @Test
    void metadataThatNoStoreKeepsIsRefused() {
        assertThat(violations(createRoom.create(with(Map.of("a\0", 1))))).containsExactly("metadata:nul");
        assertThat(violations(createRoom.create(with(Map.of("k", List.of(Map.of("x", "\ud800")))))))
                .containsExactly("metadata:lone-surrogate");
        assertThat(violations(createRoom.create(with(Map.of("k", Double.NaN))))).containsExactly("metadata:number");
        assertThat(violations(createRoom.create(with(Map.of("k", new BigDecimal("1e999999"))))))
                .containsExactly("metadata:number");
        assertThat(violations(createRoom.create(with(Map.of("k", BigInteger.ONE.shiftLeft(5_000))))))
                .containsExactly("metadata:number");
        assertThat(violations(createRoom.create(with(Map.of("k", new Object())))))
                .containsExactly("metadata:type");
    }

    @Test
    void metadataHasBounds() {
        assertThat(violations(createRoom.create(with(Map.of("k", "x".repeat(8_000))))))
                .containsExactly("metadata:too-long");
        assertThat(violations(createRoom.create(with(nested(12))))).containsExactly("metadata:too-deep");
        ok(createRoom.create(with(Map.of("k", "x".repeat(7_900)))));
        ok(createRoom.create(with(nested(11))));
    }
}
