package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.RoomType;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.CreateRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomNewsTest {

    private final Township town = new Township();

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    private static RoomChange nextChange(Recorder recorder) {
        return recorder.next(ChatEvent.RoomChanged.class).change();
    }

    private static void moderate(Chat chat, User by, Room room, RoomAct.Moderation act) {
        Township.value(chat.moderateRoom().moderate(by.id(), room.id(), act));
    }

    private static boolean says(ChatEvent.MessagePosted posted, String text) {
        return text.equals(posted.message().content());
    }

    @Test
    void whoIsInTheRoomAndAllSessionsOfWhomItIsAboutHearOfAPlaceOnce() {
        Chat here = town.gateway();
        Chat there = town.gateway();
        User ann = Township.register(here, "ann");
        User kim = Township.register(here, "kim");
        User lee = Township.register(there, "lee");
        Room room = Township.room(here, ann, lee);
        town.startRelay();
        Recorder annInside = town.connect(here, ann);
        Recorder leeInside = town.connect(there, lee);
        annInside.enter(room.id());
        leeInside.enter(room.id());
        Recorder annOutside = town.connect(there, ann);
        List<Recorder> kims = List.of(town.connect(here, kim), town.connect(there, kim));

        moderate(here, ann, room, new RoomAct.Invite(kim.id()));

        RoomChange joined = null;
        for (Recorder recorder : List.of(annInside, leeInside, kims.get(0), kims.get(1))) {
            joined = recorder.next(
                            ChatEvent.RoomChanged.class,
                            event -> event.change() instanceof RoomChange.MemberJoined join
                                    && join.userId().equals(kim.id()))
                    .change();
        }
        assertThat(joined).isInstanceOfSatisfying(RoomChange.MemberJoined.class, join -> {
            assertThat(join.role()).isEqualTo(Role.MEMBER);
            assertThat(join.by()).isEqualTo(ann.id());
        });
        moderate(here, ann, room, new RoomAct.ChangeRole(kim.id(), Role.ADMIN));
        for (Recorder recorder : List.of(annInside, leeInside, kims.get(0), kims.get(1))) {
            // The next one: nothing was told twice.
            assertThat(nextChange(recorder)).isInstanceOf(RoomChange.RoleChanged.class);
        }
        assertThat(changesOf(annOutside.drain(), kim)).isEmpty();
    }

    private static List<Object> changesOf(List<Object> heard, User user) {
        return heard.stream()
                .filter(thing -> thing instanceof ChatEvent.RoomChanged event
                        && event.change() instanceof RoomChange.OfMember change
                        && change.userId().equals(user.id()))
                .toList();
    }

    @Test
    void whoIsRemovedOrBannedOrLeavesHearsThatOnAllSessionsAndNothingMoreOfTheRoom() {
        Chat here = town.gateway();
        // Nothing but the logs reaches it.
        Chat there = town.deafGateway();
        User ann = Township.register(here, "ann");
        User kim = Township.register(here, "kim");
        town.startRelay();
        for (int way = 0; way < 3; way++) {
            Room room = Township.room(here, ann, kim);
            Recorder annInside = town.connect(there, ann);
            annInside.enter(room.id());
            // Announcements come another way, in no order with the rest.
            Recorder annReading = town.connect(there, ann);
            annReading.enter(room.id());
            Recorder kimInside = town.connect(there, kim);
            Recorder kimOutside = town.connect(here, kim);
            kimInside.enter(room.id());
            Township.post(here, Township.send(ann.id(), room.id(), "for all"));
            kimInside.next(ChatEvent.MessagePosted.class);

            String announced = "kim left";
            switch (way) {
                case 0 -> Township.value(here.leaveRoom().leave(kim.id(), room.id()));
                case 1 -> {
                    moderate(here, ann, room, new RoomAct.Remove(kim.id()));
                    announced = "ann removed kim";
                }
                default -> {
                    moderate(here, ann, room, new RoomAct.Ban(kim.id(), null, null));
                    announced = "ann banned kim";
                }
            }
            for (Recorder recorder : List.of(kimInside, kimOutside, annInside)) {
                recorder.next(
                        ChatEvent.RoomChanged.class,
                        event -> event.change() instanceof RoomChange.OfMember change && change.endsPlace());
            }
            Township.post(here, Township.send(ann.id(), room.id(), "not for kim"));
            String text = announced;
            ChatEvent.MessagePosted system =
                    annReading.next(ChatEvent.MessagePosted.class, posted -> says(posted, text));
            assertThat(system.message().type()).isEqualTo(MessageType.SYSTEM);
            assertThat(system.message().senderId()).isNull();
            Stream.of(kimInside, kimOutside)
                    .map(Recorder::drain)
                    .forEach(heard -> assertThat(heard)
                            .noneMatch(thing ->
                                    thing instanceof ChatEvent.Timeline || thing instanceof ChatEvent.RoomChanged));
            List.of(annInside, annReading, kimInside, kimOutside).forEach(Recorder::close);
        }
    }

    @Test
    void howARoomIsNowIsToldToThoseInIt() {
        Chat here = town.gateway();
        Chat there = town.gateway();
        User ann = Township.register(here, "ann");
        User kim = Township.register(here, "kim");
        Room room = Township.room(here, ann, kim);
        town.startRelay();
        Recorder kimInside = town.connect(there, kim);
        kimInside.enter(room.id());
        // Announcements come another way, in no order with the rest.
        Recorder kimReading = town.connect(here, kim);
        kimReading.enter(room.id());

        moderate(here, ann, room, new RoomAct.Update("Tea", null, 7, null));
        ChatEvent.RoomShown updated = kimInside.next(ChatEvent.RoomShown.class);
        assertThat(updated.closed()).isFalse();
        assertThat(updated.room().name()).isEqualTo("Tea");
        assertThat(updated.room().capacity()).isEqualTo(7);

        moderate(here, ann, room, new RoomAct.Close());
        ChatEvent.RoomShown closed = kimInside.next(ChatEvent.RoomShown.class);
        assertThat(closed.closed()).isTrue();
        assertThat(closed.room().status()).isEqualTo(RoomStatus.CLOSED);
        kimReading.next(ChatEvent.MessagePosted.class, posted -> says(posted, "ann closed the room"));
    }

    @Test
    void theOtherHalfOfANewRoomForTwoHearsOfIt() {
        Chat here = town.gateway();
        Chat there = town.gateway();
        User ann = Township.register(here, "ann");
        User kim = Township.register(here, "kim");
        town.startRelay();
        Recorder kimSomewhere = town.connect(there, kim);

        Room room = Township.value(here.createRoom()
                        .create(new CreateRoom.NewRoom(
                                ann.id(), null, RoomType.DIRECT, null, List.of(kim.id()), null, null, Map.of())))
                .room();

        assertThat(nextChange(kimSomewhere))
                .isEqualTo(
                        new RoomChange.MemberJoined(room.id(), kim.id(), Role.MEMBER, ann.id(), 1, room.createdAt()));
        assertThat(kimSomewhere.enter(room.id()).seq()).isEqualTo(Sequence.NONE);
    }

    @Test
    void whatIsRelayedAgainIsToldOnce() {
        Chat here = town.gateway(bus -> new SpoiltBus(bus, RoomNewsTest::repeated));
        User ann = Township.register(here, "ann");
        Room room = Township.room(here, ann);
        town.startRelay();
        Recorder annInside = town.connect(here, ann);
        annInside.enter(room.id());

        for (String name : List.of("kim", "lee", "park")) {
            User user = Township.register(here, name);
            Township.value(here.joinRoom().join(user.id(), room.id()));
            assertThat(annInside
                            .next(
                                    ChatEvent.RoomChanged.class,
                                    event -> !event.change().by().equals(ann.id()))
                            .change())
                    .isInstanceOfSatisfying(
                            RoomChange.MemberJoined.class,
                            join -> assertThat(join.userId()).isEqualTo(user.id()));
        }
    }

    private static List<Publication> repeated(List<Publication> publications) {
        List<Publication> twice = new ArrayList<>(publications);
        twice.addAll(publications);
        return twice;
    }

    @Test
    void whoIsStillToldWhatWasMissedHearsOfChangesAfterTheAnswer() {
        Chat chat = town.gateway();
        User ann = Township.register(chat, "ann");
        User kim = Township.register(chat, "kim");
        User lee = Township.register(chat, "lee");
        Room room = Township.room(chat, ann, kim);
        for (int i = 0; i < 150; i++) {
            Township.post(chat, Township.send(ann.id(), room.id(), "m" + i));
        }
        town.startRelay();
        Recorder annInside = town.connect(chat, ann);
        annInside.enter(room.id());
        Recorder kimBack = town.connect(chat, kim);
        kimBack.stopTaking();
        kimBack.ask(room.id(), Sequence.NONE, null);
        kimBack.nextSequences(100);

        Township.value(chat.joinRoom().join(lee.id(), room.id()));
        annInside.next(ChatEvent.RoomChanged.class, event -> event.change().by().equals(lee.id()));
        kimBack.takeAgain();

        assertThat(kimBack.nextSequences(50)).endsWith(150L);
        kimBack.next(Result.class);
        kimBack.next(ChatEvent.RoomChanged.class, event -> event.change().by().equals(lee.id()));
    }
}
