package dev.confab.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.chat.model.ServerId;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {

    private final ServerId server = new ServerId("one");

    @Test
    void uriThatIsNoneOfARedisIsRefusedWithoutShowingIt() {
        for (String wrong : List.of("http://:secret@localhost:6379", "redis:///0", "localhost:6379", "redis://host")) {
            assertThatThrownBy(() -> new RedisSettings(URI.create(wrong), server))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void passwordIsNotPartOfTheText() {
        RedisSettings settings = new RedisSettings(URI.create("redis://:secret@localhost:6379/1"), server);
        assertThat(settings.toString()).contains("localhost:6379").doesNotContain("secret");
    }
}
