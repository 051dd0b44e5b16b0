package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Notification;
import dev.confab.chat.model.NotificationId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Notifier;
import dev.confab.chat.port.out.Notifier.Handover;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Notifier} does. */
public interface NotifierContract {

    /** The notifier of the running test; its other side takes everything. */
    Notifier notifier();

    /** What the other side took, by its ids, oldest first. */
    List<NotificationId> taken();

    @Test
    default void whatIsTakenIsThere() {
        List<Notification> all = IntStream.rangeClosed(1, 6)
                .mapToObj(seq -> BusExamples.notification(UserId.random(), seq))
                .toList();
        all.forEach(each -> assertThat(notifier().send(each)).isEqualTo(new Handover.Taken()));
        assertThat(taken()).isEqualTo(all.stream().map(Notification::id).toList());
    }

    @Test
    default void aRepeatIsTakenUnderTheSameId() {
        Notification notification = BusExamples.notification(UserId.random(), 1);
        notifier().send(notification);
        notifier().send(notification);
        assertThat(taken()).containsExactly(notification.id(), notification.id());
    }

    @Test
    default void manyCanBeSentAtOnce() {
        List<Notification> all = IntStream.range(0, 50)
                .mapToObj(i -> BusExamples.notification(UserId.random(), 1))
                .toList();
        all.parallelStream().forEach(each -> assertThat(notifier().send(each)).isEqualTo(new Handover.Taken()));
        assertThat(taken())
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Notification::id).toList());
    }
}
