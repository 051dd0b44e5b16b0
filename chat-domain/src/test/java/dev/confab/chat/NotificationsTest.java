package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Notification;
import dev.confab.chat.model.NotificationLevel;
import dev.confab.chat.model.NotificationSettings;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.Notifier;
import dev.confab.chat.port.out.Notifier.Handover;
import dev.confab.chat.port.out.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of a message, and how often it is tried. */
class NotificationsTest {

    private static final Duration AFTER = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Township town = new Township();
    private final BlockingQueue<Notification> attempts = new LinkedBlockingQueue<>();
    private final List<Subscription> notifiers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Chat chat;

    @SuppressWarnings("NullAway.Init")
    private User kim;

    @SuppressWarnings("NullAway.Init")
    private User lee;

    @SuppressWarnings("NullAway.Init")
    private User ada;

    @BeforeEach
    void begin() {
        chat = town.gateway();
        kim = Township.register(chat, "kim");
        lee = Township.register(chat, "lee");
        ada = Township.register(chat, "ada");
    }

    @AfterEach
    void end() throws Exception {
        notifiers.forEach(Subscription::close);
        town.close();
    }

    private Subscription notifier(int tries, Duration pause, Function<Notification, Handover> answer) {
        return notifier(AFTER, tries, pause, answer);
    }

    private Subscription notifier(Duration after, int tries, Duration pause, Function<Notification, Handover> answer) {
        Notifier notifier = notification -> {
            attempts.add(notification);
            return answer.apply(notification);
        };
        Subscription started = town.notifier(notifier, new NotificationSettings(after, tries, pause, pause));
        notifiers.add(started);
        return started;
    }

    private void willingNotifier() {
        notifier(1, LONG, notification -> new Handover.Taken());
    }

    private Notification nextAttempt() throws InterruptedException {
        return Objects.requireNonNull(attempts.poll(20, TimeUnit.SECONDS), "nobody was told");
    }

    private Message say(Room room, User sender, String text) {
        return ((PostMessage.Persistence.Stored) Township.post(chat, Township.send(sender.id(), room.id(), text)))
                .message();
    }

    @Test
    void whoHasNotReadIsToldOfEachMessageAndNobodyElseIs() throws InterruptedException {
        willingNotifier();
        Room room = Township.room(chat, kim, lee, ada);
        Message first = say(room, kim, "Noon?");
        Township.value(chat.markRead().markRead(ada.id(), room.id(), first.id()));
        Message second = say(room, ada, "Yes, @lee too");

        Notification told = nextAttempt();
        assertThat(told)
                .isEqualTo(new Notification(
                        lee.id(),
                        room.id(),
                        "The room",
                        first.id(),
                        first.seq(),
                        kim.id(),
                        "kim",
                        first.type(),
                        "Noon?",
                        false,
                        first.createdAt(),
                        told.traceId()));
        List<Notification> ofSecond = List.of(nextAttempt(), nextAttempt());
        assertThat(ofSecond).extracting(Notification::userId).containsExactlyInAnyOrder(kim.id(), lee.id());
        assertThat(ofSecond).allSatisfy(each -> {
            assertThat(each.messageId()).isEqualTo(second.id());
            assertThat(each.mentioned()).isEqualTo(each.userId().equals(lee.id()));
        });
    }

    @Test
    void theLevelIsRespected() throws InterruptedException {
        willingNotifier();
        Room room = Township.room(chat, kim, lee, ada);
        Township.value(chat.setNotificationLevel().set(lee.id(), room.id(), NotificationLevel.MENTIONS));
        Township.value(chat.setNotificationLevel().set(ada.id(), room.id(), NotificationLevel.NONE));
        say(room, kim, "for nobody");
        say(room, kim, "for @lee and @ada");

        Notification told = nextAttempt();
        assertThat(told.userId()).isEqualTo(lee.id());
        assertThat(told.preview()).isEqualTo("for @lee and @ada");
        Township.value(chat.setNotificationLevel().set(ada.id(), room.id(), NotificationLevel.ALL));
        say(room, kim, "for Ada");
        assertThat(nextAttempt().userId()).isEqualTo(ada.id());
    }

    @Test
    void whatWasDeletedMeanwhileIsToldToNobodyAndWhatWasEditedAsItNowIs() throws InterruptedException {
        Room room = Township.room(chat, kim, lee);
        // Time enough for both changes, on a busy machine too.
        notifier(Duration.ofSeconds(2), 1, LONG, notification -> new Handover.Taken());
        Message regretted = say(room, kim, "regretted");
        Message corrected = say(room, kim, "wrong");
        Township.value(chat.deleteMessage()
                .delete(new DeleteMessage.Deletion(kim.id(), room.id(), regretted.id(), ClientMessageId.random()))
                .toCompletableFuture()
                .join());
        Township.value(chat.editMessage()
                .edit(new EditMessage.Edit(kim.id(), room.id(), corrected.id(), ClientMessageId.random(), "right"))
                .toCompletableFuture()
                .join());

        assertThat(nextAttempt().preview()).isEqualTo("right");
        say(room, kim, "next");
        assertThat(nextAttempt().preview()).isEqualTo("next");
    }

    @Test
    void whatIsNotTakenIsTriedAgain() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger(2);
        notifier(
                5,
                Duration.ofMillis(20),
                notification ->
                        failures.getAndDecrement() > 0 ? new Handover.NotNow("away", null) : new Handover.Taken());
        Room room = Township.room(chat, kim, lee);
        say(room, kim, "hello");

        Notification first = nextAttempt();
        assertThat(nextAttempt()).isEqualTo(first);
        assertThat(nextAttempt()).isEqualTo(first);
        say(room, kim, "next");
        assertThat(nextAttempt().preview()).isEqualTo("next");
    }

    @Test
    void whatIsRefusedIsParkedAtOnceAndWhatIsNeverTakenAfterTheLastAttempt() throws InterruptedException {
        notifier(
                3,
                Duration.ofMillis(20),
                notification -> notification.userId().equals(lee.id())
                        ? new Handover.Refused("the webhook answered 400")
                        : new Handover.NotNow("away", null));
        Room room = Township.room(chat, kim, lee, ada);
        say(room, kim, "hello");

        List<UserId> tried = List.of(
                nextAttempt().userId(),
                nextAttempt().userId(),
                nextAttempt().userId(),
                nextAttempt().userId());
        assertThat(tried).containsExactlyInAnyOrder(lee.id(), ada.id(), ada.id(), ada.id());
        say(room, lee, "for @ada, who is tried again");
        Township.value(chat.setNotificationLevel().set(kim.id(), room.id(), NotificationLevel.NONE));
        assertThat(nextAttempt().userId()).isEqualTo(ada.id());
        assertThat(town.broker.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactlyInAnyOrder("the webhook answered 400", "away (attempt 3)");
    }

    @Test
    void whoCannotBeReachedHoldsUpNobodyElseAndIsLeftToTheNextNotifier() throws InterruptedException {
        Subscription first = notifier(
                5,
                LONG,
                notification -> notification.userId().equals(lee.id())
                        ? new Handover.NotNow("away", null)
                        : new Handover.Taken());
        Room room = Township.room(chat, kim, lee, ada);
        say(room, kim, "hello");

        List<Notification> tried = List.of(nextAttempt(), nextAttempt());
        assertThat(tried).extracting(Notification::userId).containsExactlyInAnyOrder(lee.id(), ada.id());
        first.close();
        willingNotifier();
        assertThat(List.of(nextAttempt().id(), nextAttempt().id()))
                .containsExactlyInAnyOrderElementsOf(
                        tried.stream().map(Notification::id).toList());
    }

    @Test
    void aNotifierThatFailsByABugHoldsUpNobody() throws InterruptedException {
        notifier(2, Duration.ofMillis(20), notification -> {
            if (notification.userId().equals(lee.id())) {
                throw new IllegalStateException("a bug");
            }
            return new Handover.Taken();
        });
        Room room = Township.room(chat, kim, lee);
        say(room, kim, "hello");
        assertThat(nextAttempt().userId()).isEqualTo(lee.id());
        assertThat(nextAttempt().userId()).isEqualTo(lee.id());
        say(room, lee, "hello yourself");
        assertThat(nextAttempt().userId()).isEqualTo(kim.id());
    }
}
