package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatestFramesTest {

    private final LatestFrames frames = new LatestFrames();
    private final List<ChatEvent> events = IntStream.range(0, 40)
            .<ChatEvent>mapToObj(i -> new ChatEvent.UserLeft(RoomId.random(), UserId.random(), "kim"))
            .toList();
    private final List<ByteBuf> encoded =
            events.stream().map(event -> Unpooled.buffer(1)).toList();

    private void addAll() {
        for (int i = 0; i < events.size(); i++) {
            frames.add(events.get(i), encoded.get(i));
        }
    }

    @Test
    void theLatestAreFoundInWhateverOrderTheyAreAskedFor() {
        addAll();

        for (int i = events.size() - 1; i >= 8; i--) {
            assertThat(frames.get(events.get(i))).isSameAs(encoded.get(i));
        }
    }

    @Test
    void olderOnesAreForgottenAndReleased() {
        addAll();

        assertThat(frames.get(events.get(7))).isNull();
        assertThat(encoded.subList(0, 8)).allMatch(frame -> frame.refCnt() == 0);
        assertThat(encoded.subList(8, 40)).allMatch(frame -> frame.refCnt() == 1);
    }

    @Test
    void nothingIsKeptAfterItWasCleared() {
        addAll();

        frames.clear();

        assertThat(encoded).allMatch(frame -> frame.refCnt() == 0);
        assertThat(frames.get(events.getLast())).isNull();
    }
}
