package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.ServerId;
import dev.confab.chat.model.TraceStep.Delivered;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DeliveryMemoryTest {

    private static final Instant NOW = Instant.parse("2026-02-24T06:00:00.123Z");
    private static final ServerId HERE = new ServerId("here");

    private final DeliveryMemory memory = new DeliveryMemory(HERE, Clock.fixed(NOW, ZoneOffset.UTC));
    private final RoomId room = RoomId.random();

    private Delivered recall(long seq, Instant storedAt) {
        return memory.recall(room, new Sequence(seq), storedAt);
    }

    @Test
    void whatWasDeliveredIsRememberedWithItsSessions() {
        memory.delivered(room, 7, 12);
        memory.delivered(RoomId.random(), 8, 1);
        memory.delivered(room, 8, 0);

        assertThat(recall(7, NOW)).isEqualTo(new Delivered(HERE, Delivered.Kind.HANDED, 12, NOW));
        assertThat(recall(8, NOW)).isEqualTo(new Delivered(HERE, Delivered.Kind.NOBODY, 0, null));
    }

    @Test
    void whatIsYoungerThanTheMemoryWasDeliveredToNobodyAndWhatIsOlderMayBeForgotten() {
        assertThat(recall(1, NOW.plusSeconds(5)).kind()).isEqualTo(Delivered.Kind.NOBODY);
        assertThat(recall(1, NOW.minusSeconds(5)).kind()).isEqualTo(Delivered.Kind.FORGOTTEN);
    }

    @Test
    void theOldestIsForgottenWhenTheRingIsFull() {
        for (int seq = 1; seq <= DeliveryMemory.ENTRIES + 1; seq++) {
            memory.delivered(room, seq, 1);
        }
        assertThat(recall(1, NOW).kind()).isEqualTo(Delivered.Kind.FORGOTTEN);
        assertThat(recall(2, NOW).kind()).isEqualTo(Delivered.Kind.HANDED);
        assertThat(recall(DeliveryMemory.ENTRIES + 1, NOW).kind()).isEqualTo(Delivered.Kind.HANDED);
    }
}
