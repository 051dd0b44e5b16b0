package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.Publication;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.Unread;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Random histories of sends, answers, edits, deletions, repeats, redeliveries, joins, leaves, removals, bans and marks
 * leave the store as they leave a naive model. Part of {@link MessageLogContract}.
 */
interface TimelineHistoriesContract {

    /** Histories in one run. */
    int HISTORIES = 12;

    StoreFixture stores();

    @Test
    default void randomHistoriesEndAsInANaiveModel() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                new History(stores(), new Random(seed)).run(40);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history " + seed, e);
            }
        }
    }

    /** One history of one room. */
    final class History {

        private final StoreFixture stores;
        private final StoreScene scene;
        private final Random random;
        private final CommandTape tape = new CommandTape();
        private final List<User> users;
        private final Room room;
        private final TimelineModel model;
        private final List<Command> sent = new ArrayList<>();
        private final Set<User> banned = new HashSet<>();

        History(StoreFixture stores, Random random) {
            this.stores = stores;
            this.random = random;
            this.scene = new StoreScene(stores);
            this.users = scene.users(5);
            this.room = scene.room(users.get(0), users.get(1), users.get(2));
            this.model = new TimelineModel(users.get(0).id());
            model.join(users.get(1).id());
            model.join(users.get(2).id());
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                step();
                compare();
            }
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0 -> comeOrGo(users.get(1 + random.nextInt(4)));
                case 1 -> mark(users.get(random.nextInt(5)).id());
                case 2 -> redeliver();
                default -> batch();
            }
            if (random.nextBoolean()) {
                scene.tick();
            }
        }

        private void comeOrGo(User user) {
            User owner = users.getFirst();
            if (model.isMember(user.id())) {
                switch (random.nextInt(3)) {
                    case 0 -> scene.leave(room, user);
                    case 1 -> StoreScene.done(scene.act(room, owner, new RoomAct.Remove(user.id())));
                    default -> {
                        StoreScene.done(scene.act(room, owner, new RoomAct.Ban(user.id(), "Spam", null)));
                        banned.add(user);
                    }
                }
                model.leave(user.id());
            } else if (banned.remove(user)) {
                assertThat(scene.act(room, user, new RoomAct.Join()))
                        .isEqualTo(StoreScene.refused(Refusal.Code.BANNED));
                StoreScene.done(scene.act(room, owner, new RoomAct.LiftBan(user.id())));
            } else {
                scene.join(room, user);
                model.join(user.id());
            }
        }

        private void mark(UserId user) {
            List<TimelineModel.Said> messages = model.messages();
            if (!messages.isEmpty() && model.isMember(user)) {
                TimelineModel.Said said = messages.get(random.nextInt(messages.size()));
                stores.readMarkers()
                        .mark(
                                room.id(),
                                user,
                                Objects.requireNonNull(said.id),
                                stores.clock().instant());
                model.read(user, said);
            }
        }

        private void redeliver() {
            if (tape.end() > 0) {
                long from = random.nextLong(tape.end());
                tell(tape.playFrom(from).entries().size(), scene.store(tape.playFrom(from)), (int) from);
            }
        }

        private void batch() {
            int from = sent.size();
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                sent.add(command());
            }
            List<Command> batch = sent.subList(from, sent.size());
            List<Publication> told = scene.store(tape.append(batch));
            tell(count, told, from);
        }

        /** What the store tells about some of the commands, one by one, is what becomes of them in the model. */
        private void tell(int count, List<Publication> told, int from) {
            assertThat(told).hasSize(count);
            for (int i = 0; i < count; i++) {
                Command command = sent.get(from + i);
                TimelineModel.Ended ended = model.run(command);
                switch (told.get(i).event()) {
                    case ChatEvent.Timeline event -> {
                        assertThat(ended.reason()).isNull();
                        assertThat(event.seq()).isEqualTo(new Sequence(ended.seq()));
                        if (event instanceof ChatEvent.MessagePosted posted) {
                            model.named(posted.message());
                        }
                    }
                    case ChatEvent.CommandRejected rejected ->
                        assertThat(rejected.reason()).isEqualTo(ended.reason());
                    default -> throw new AssertionError("not about a command: " + told.get(i));
                }
            }
        }

        private Command command() {
            if (!sent.isEmpty() && random.nextInt(5) == 0) {
                return sent.get(random.nextInt(sent.size()));
            }
            UserId sender = users.get(random.nextInt(users.size())).id();
            ClientMessageId name =
                    new ClientMessageId(new UUID(room.id().value().getMostSignificantBits(), random.nextInt(60)));
            return switch (random.nextInt(6)) {
                case 0, 1 ->
                    new Command.Post(
                            room.id(),
                            sender,
                            name,
                            Samples.post(room.id(), sender, text()).body(),
                            random.nextInt(3) == 0 ? target() : null,
                            MutableClock.START,
                            Samples.trace());
                case 2, 3 ->
                    new Command.Edit(room.id(), sender, name, target(), text(), MutableClock.START, Samples.trace());
                case 4 -> new Command.Announce(room.id(), name, text(), MutableClock.START, Samples.trace());
                default -> new Command.Delete(room.id(), sender, name, target(), MutableClock.START, Samples.trace());
            };
        }

        private String text() {
            return "text " + random.nextInt(1_000);
        }

        /** Usually a message of an earlier batch. */
        private MessageId target() {
            List<TimelineModel.Said> messages =
                    model.messages().stream().filter(said -> said.id != null).toList();
            return messages.isEmpty() || random.nextInt(10) == 0
                    ? new MessageId(1, random.nextLong())
                    : Objects.requireNonNull(messages.get(random.nextInt(messages.size())).id);
        }

        private void compare() {
            List<ChatEvent.Timeline> events =
                    stores.messageLog().events(room.id(), Sequence.NONE, 501).items();
            assertThat(events).hasSameSizeAs(model.timeline());
            for (int i = 0; i < events.size(); i++) {
                TimelineModel.Happened happened = model.timeline().get(i);
                ChatEvent.Timeline event = events.get(i);
                assertThat(event.seq().value()).isEqualTo(i + 1L);
                assertThat(nameOf(event)).isEqualTo(happened.what());
                assertSame(event.message(), happened.said());
            }
            assertThat(scene.now(room).lastSeq()).isEqualTo(new Sequence(events.size()));
            for (User user : users) {
                assertThat(stores.readMarkers().unread(user.id()))
                        .isEqualTo(
                                model.isMember(user.id())
                                        ? List.of(new Unread(room.id(), model.unread(user.id())))
                                        : List.of());
            }
            if (!sent.isEmpty()) {
                compareOutcome(sent.get(random.nextInt(sent.size())));
            }
        }

        private static String nameOf(ChatEvent.Timeline event) {
            return switch (event) {
                case ChatEvent.MessagePosted posted -> "post";
                case ChatEvent.MessageEdited edited -> "edit";
                case ChatEvent.MessageDeleted deleted -> "delete";
            };
        }

        private static void assertSame(Message message, TimelineModel.Said said) {
            assertThat(message.id()).isEqualTo(said.id);
            assertThat(message.seq().value()).isEqualTo(said.seq);
            assertThat(Objects.requireNonNullElse(message.senderId(), UserId.NOBODY))
                    .isEqualTo(said.author);
            assertThat(message.content()).isEqualTo(said.content);
            assertThat(message.deletedAt() != null).isEqualTo(said.deleted);
        }

        private void compareOutcome(Command command) {
            TimelineModel.Ended ended = Objects.requireNonNull(model.outcome(command.senderId(), command.commandId()));
            Outcome outcome = stores.messageLog()
                    .outcome(room.id(), command.senderId(), command.commandId())
                    .orElseThrow();
            switch (outcome) {
                case Outcome.Persisted(Message message) -> {
                    assertThat(message.seq().value()).isEqualTo(ended.seq());
                    assertSame(message, Objects.requireNonNull(ended.said()));
                }
                case Outcome.Changed changed -> {
                    assertThat(changed.changeSeq().value()).isEqualTo(ended.seq());
                    assertSame(changed.message(), Objects.requireNonNull(ended.said()));
                }
                case Outcome.Rejected rejected -> assertThat(rejected.reason()).isEqualTo(ended.reason());
            }
        }
    }
}
