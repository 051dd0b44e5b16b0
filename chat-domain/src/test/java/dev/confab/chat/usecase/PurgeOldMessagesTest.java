package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.RetentionRule;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.User;
import dev.confab.chat.model.Visibility;
import dev.confab.chat.port.in.KeepMessages;
import dev.confab.chat.port.out.MessageArchive;
import dev.confab.chat.port.out.RetentionPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PurgeOldMessagesTest {

    private final UseCases cases = new UseCases();
    private final Map<RoomId, List<ChatEvent.Timeline>> kept = new HashMap<>();

    private PurgeOldMessages purge(MessageArchive archive) {
        return purge(archive, Duration.ofDays(30));
    }

    private PurgeOldMessages purge(MessageArchive keeper, @Nullable Duration age) {
        return new PurgeOldMessages(
                new RetentionPorts(cases.stores.retention(), cases.stores.messageLog(), keeper), cases.clock, age);
    }

    private List<ChatEvent.Timeline> events(Room room) {
        return cases.stores.messageLog().events(room.id(), Sequence.NONE, 501).items();
    }

    private final MessageArchive archive = (roomId, events) ->
            kept.computeIfAbsent(roomId, id -> new ArrayList<>()).addAll(events);

    @Test
    void whatIsOldIsArchivedAsItWasAndThenDeleted() {
        User kim = cases.user("kim");
        Room quiet = cases.room(Visibility.PUBLIC, kim);
        Room lively = cases.room(Visibility.PUBLIC, kim);
        cases.say(quiet, kim, "old");
        cases.say(lively, kim, "old, too");
        List<ChatEvent.Timeline> before = events(lively);
        cases.clock.advance(Duration.ofDays(31));
        cases.say(lively, kim, "new");

        purge(archive).run();

        assertThat(kept).containsOnlyKeys(quiet.id(), lively.id());
        assertThat(kept.get(lively.id())).isEqualTo(before);
        assertThat(events(quiet)).isEmpty();
        assertThat(events(lively))
                .extracting(event -> event.message().content())
                .containsExactly("new");
        kept.clear();
        purge(archive).run();
        assertThat(kept).isEmpty();
    }

    @Test
    void aLongPastGoesInPartsAndIsArchivedWhole() {
        User kim = cases.user("kim");
        Room room = cases.room(Visibility.PUBLIC, kim);
        for (int i = 0; i < 4_500; i++) {
            cases.say(room, kim, "text " + i);
        }
        cases.clock.advance(Duration.ofDays(31));
        List<Integer> parts = new ArrayList<>();

        purge((roomId, events) -> {
                    parts.add(events.size());
                    archive.keep(roomId, events);
                })
                .run();

        assertThat(parts).containsExactly(2_000, 2_000, 500);
        assertThat(kept.get(room.id()))
                .extracting(event -> event.seq().value())
                .isSorted()
                .hasSize(4_500);
        assertThat(events(room)).isEmpty();
    }

    @Test
    void aRoomWithARuleOfItsOwnFollowsIt() {
        User kim = cases.user("kim");
        Room usual = cases.room(Visibility.PUBLIC, kim);
        Room brief = cases.room(Visibility.PUBLIC, kim);
        Room lasting = cases.room(Visibility.PUBLIC, kim);
        List.of(usual, brief, lasting).forEach(room -> cases.say(room, kim, "old"));
        KeepMessages keepMessages = new KeepMessagesService(cases.stores.retention());
        UseCases.ok(keepMessages.keep(brief.id(), new RetentionRule(7)));
        UseCases.ok(keepMessages.keep(lasting.id(), RetentionRule.FOREVER));
        UseCases.assertRefused(keepMessages.keep(RoomId.random(), null), Refusal.Code.ROOM_NOT_FOUND);
        List<RoomId> listed = new ArrayList<>();
        keepMessages.list(each -> listed.add(each.roomId()));
        assertThat(listed).containsExactlyInAnyOrder(brief.id(), lasting.id());

        cases.clock.advance(Duration.ofDays(8));
        purge(archive, null).run();
        assertThat(kept).containsOnlyKeys(brief.id());

        cases.clock.advance(Duration.ofDays(30));
        purge(archive).run();
        assertThat(kept).containsOnlyKeys(brief.id(), usual.id());
        UseCases.ok(keepMessages.keep(lasting.id(), null));
        purge(archive).run();
        assertThat(kept).containsOnlyKeys(brief.id(), usual.id(), lasting.id());
    }

    @Test
    void whatCouldNotBeArchivedStays() {
        User kim = cases.user("kim");
        Room room = cases.room(Visibility.PUBLIC, kim);
        cases.say(room, kim, "old");
        cases.clock.advance(Duration.ofDays(31));

        purge((roomId, events) -> {
                    throw new UncheckedIOException(new IOException("the disk is full"));
                })
                .run();

        assertThat(events(room)).hasSize(1);
        purge(archive).run();
        assertThat(events(room)).isEmpty();
        assertThat(kept.get(room.id())).hasSize(1);
    }
}
