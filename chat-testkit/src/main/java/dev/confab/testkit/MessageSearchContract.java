package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Page;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.SearchQuery;
import dev.confab.chat.model.User;
import dev.confab.chat.port.out.MessageSearch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link MessageSearch} does. */
public interface MessageSearchContract {

    /** The adapters. */
    StoreFixture stores();

    private static SearchQuery query(String text) {
        return SearchQuery.parse(text).orElseThrow();
    }

    private void index(Room... rooms) {
        Set<RoomId> left = new HashSet<>();
        for (Room room : rooms) {
            left.add(room.id());
        }
        while (!left.isEmpty()) {
            left = stores().messageSearch().index(left);
        }
    }

    private List<Message> search(User user, String text) {
        return search(user, null, text);
    }

    private List<Message> search(User user, @Nullable Room room, String text) {
        return stores().messageSearch()
                .search(user.id(), room == null ? null : room.id(), query(text), null, 100)
                .items();
    }

    @Test
    default void whatWasIndexedIsFoundAndWhatWasNotIsNotYet() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message message = scene.say(room, kim, "Lunch at noon? 점심 먹어요");
        assertThat(search(kim, "lunch")).isEmpty();
        assertThat(stores().messageSearch().behind(10_000)).contains(room.id());

        index(room);

        assertThat(stores().messageSearch().behind(10_000)).doesNotContain(room.id());
        for (String text : List.of("lunch", "NOON lunch", "점심", "먹어", "어요 점심")) {
            assertThat(search(kim, text)).containsExactly(message);
            assertThat(search(kim, room, text)).containsExactly(message);
        }
        for (String text : List.of("lun", "lunch dinner", "심먹", "점")) {
            assertThat(search(kim, text)).isEmpty();
        }
    }

    @Test
    default void onlyRoomsAreSearchedThatSomebodyIsInNow() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        User lee = scene.user("Lee");
        Room both = scene.room(kim, lee);
        Room own = scene.room(kim);
        Message inBoth = scene.say(both, kim, "secret");
        scene.tick();
        Message inOwn = scene.say(own, kim, "secret");
        index(both, own);

        assertThat(search(kim, "secret")).containsExactly(inOwn, inBoth);
        assertThat(search(kim, both, "secret")).containsExactly(inBoth);
        assertThat(search(lee, "secret")).containsExactly(inBoth);
        assertThat(search(lee, own, "secret")).isEmpty();
        scene.leave(both, lee);
        assertThat(search(lee, "secret")).isEmpty();
        assertThat(search(lee, both, "secret")).isEmpty();
        scene.join(own, lee);
        assertThat(search(lee, "secret")).containsExactly(inOwn);
    }

    @Test
    default void editedMessagesAreFoundByWhatTheySayNowAndDeletedOnesNotAtAll() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message edited = scene.say(room, kim, "first words");
        Message deleted = scene.say(room, kim, "other words");
        index(room);

        scene.store(new CommandTape()
                .append(Samples.edit(edited, kim.id(), "second words"), Samples.delete(deleted, kim.id())));

        // What is not indexed yet is not found; what is not so any more never shows.
        assertThat(search(kim, "first")).isEmpty();
        assertThat(search(kim, "other")).isEmpty();
        index(room);
        assertThat(search(kim, "second")).extracting(Message::id).containsExactly(edited.id());
        assertThat(search(kim, "words")).extracting(Message::content).containsExactly("second words");
        assertThat(search(kim, "first")).isEmpty();
        assertThat(search(kim, "other")).isEmpty();
    }

    @Test
    default void pagesComeNewestFirstAcrossRoomsAndSkipNothing() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<Room> rooms = IntStream.range(0, 7).mapToObj(i -> scene.room(kim)).toList();
        List<Message> said = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            said.add(scene.say(rooms.get(i * i % 7), kim, i % 3 == 0 ? "tea time" : "coffee time"));
        }
        index(rooms.toArray(Room[]::new));

        for (String text : List.of("time", "tea", "time tea", "none")) {
            List<Message> found = new ArrayList<>();
            MessageId before = null;
            Page<Message, MessageId> page;
            do {
                page = stores().messageSearch().search(kim.id(), null, query(text), before, 3);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
                found.addAll(page.items());
                before = page.nextCursor();
            } while (before != null);
            assertThat(found)
                    .containsExactlyElementsOf(said.reversed().stream()
                            .filter(query(text)::matches)
                            .sorted(Comparator.comparing(Message::id).reversed())
                            .toList());
        }
    }

    @Test
    default void aPageIsFullAlsoWhenMostOfWhatWasIndexedIsGone() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        List<Message> said = IntStream.range(0, 30)
                .mapToObj(i -> scene.say(room, kim, "word " + i))
                .toList();
        index(room);
        List<Command> deletions = said.subList(4, 30).stream()
                .map(message -> (Command) Samples.delete(message, kim.id()))
                .toList();
        scene.store(new CommandTape().append(deletions));

        Page<Message, MessageId> page = stores().messageSearch().search(kim.id(), null, query("word"), null, 3);

        assertThat(page.items()).containsExactly(said.get(3), said.get(2), said.get(1));
        assertThat(page.nextCursor()).isEqualTo(said.get(1).id());
    }

    @Test
    default void aLongRoomIsIndexedInPortions() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message first = scene.say(room, kim, "first");
        for (int i = 0; i < 12; i++) {
            scene.sayMany(room, kim, 100);
        }
        Message last = scene.say(room, kim, "last");

        index(room);

        assertThat(search(kim, "first")).containsExactly(first);
        assertThat(search(kim, "last")).containsExactly(last);
        assertThat(search(kim, "77")).hasSize(12);
    }

    @Test
    default void manyMayIndexAtOnce() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        List<Room> rooms = IntStream.range(0, 5).mapToObj(i -> scene.room(kim)).toList();
        Collection<RoomId> ids = rooms.stream().map(Room::id).toList();
        for (int round = 0; round < 5; round++) {
            rooms.forEach(room -> scene.sayMany(room, kim, 3));
            assertThat(AtOnce.call(4, i -> stores().messageSearch().index(ids))).hasSize(4);
        }

        assertThat(search(kim, "2")).hasSize(25);
    }

    @Test
    default void aRestoredStoreFindsWhatItHas() {
        StoreScene scene = new StoreScene(stores());
        User kim = scene.user("Kim");
        Room room = scene.room(kim);
        Message kept = scene.say(room, kim, "kept");
        index(room);
        Runnable restore = stores().backup();
        scene.say(room, kim, "lost");
        index(room);

        restore.run();
        index(room);

        assertThat(search(kim, "lost")).isEmpty();
        assertThat(search(kim, "kept")).containsExactly(kept);
        Message again = new StoreScene(stores()).say(room, kim, "again");
        index(room);
        assertThat(search(kim, "again")).containsExactly(again);
    }

    @Test
    default void randomHistoriesAreFoundAsByReadingEverything() {
        List<String> words = List.of("tea", "coffee", "Tee", "점심", "점심시간", "東京", "京都", "東京都", "a1", "3월", "");
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            StoreScene scene = new StoreScene(stores());
            User kim = scene.user("Kim");
            User lee = scene.user("Lee");
            List<Room> rooms = List.of(scene.room(kim), scene.room(kim, lee), scene.room(lee, kim));
            List<Message> said = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                scene.tick();
                String text = text(random, words);
                Message message = said.isEmpty() ? null : said.get(random.nextInt(said.size()));
                if (message == null || random.nextInt(3) > 0) {
                    said.add(scene.say(rooms.get(random.nextInt(3)), kim, text));
                } else if (random.nextBoolean()) {
                    scene.store(new CommandTape().append(Samples.edit(message, kim.id(), text)));
                } else {
                    scene.store(new CommandTape().append(Samples.delete(message, kim.id())));
                }
                if (random.nextInt(10) == 0) {
                    index(rooms.get(random.nextInt(3)));
                }
            }
            index(rooms.toArray(Room[]::new));
            for (int i = 0; i < 30; i++) {
                var sought = SearchQuery.parse(text(random, words));
                if (sought.isPresent()) {
                    for (User user : List.of(kim, lee)) {
                        assertThat(stores().messageSearch()
                                        .search(user.id(), null, sought.get(), null, 100)
                                        .items())
                                .as("history %s, %s", seed, sought.get())
                                .containsExactlyElementsOf(read(said, sought.get(), user, rooms.getFirst()));
                    }
                }
            }
        }
    }

    private static String text(Random random, List<String> words) {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString().isBlank() ? "?" : text.toString();
    }

    /** What a search should find, by reading all messages as they are now; Lee is not in Kim's own room. */
    private List<Message> read(List<Message> said, SearchQuery sought, User user, Room onlyOfKim) {
        return said.stream()
                .map(message -> stores().messageLog()
                        .find(message.roomId(), message.id())
                        .orElseThrow())
                .filter(sought::matches)
                .filter(message ->
                        !message.roomId().equals(onlyOfKim.id()) || Objects.equals(message.senderId(), user.id()))
                .sorted(Comparator.comparing(Message::id).reversed())
                .toList();
    }
}
