package dev.confab.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class NotificationTest {

    @Test
    void theSameMessageToldToTheSameUserHasTheSameId() {
        MessageId message = MessageId.after(null, Instant.EPOCH.plusSeconds(1), ThreadLocalRandom.current());
        UserId user = UserId.random();
        NotificationId id = NotificationId.of(message, user);
        assertThat(id).isEqualTo(NotificationId.of(message, user));
        assertThat(id).isNotEqualTo(NotificationId.of(message, UserId.random()));
        assertThat(id.value().version()).isEqualTo(5);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(NotificationId.parse(id.toString())).contains(id);
    }

    @Test
    void aPreviewIsCutBetweenCodePoints() {
        String emoji = "👋";
        assertThat(Notification.previewOf(emoji.repeat(140))).isEqualTo(emoji.repeat(140));
        assertThat(Notification.previewOf(emoji.repeat(141))).isEqualTo(emoji.repeat(140) + "…");
        assertThat(Notification.previewOf("short")).isEqualTo("short");
    }

    @Test
    void eachPauseIsTwiceAsLongUpToTheLongest() {
        NotificationSettings settings =
                new NotificationSettings(Duration.ZERO, 8, Duration.ofMillis(500), Duration.ofSeconds(3));
        assertThat(settings.pauseAfter(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.pauseAfter(2)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.pauseAfter(3)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.pauseAfter(4)).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.pauseAfter(1_000)).isEqualTo(Duration.ofSeconds(3));
    }
}
