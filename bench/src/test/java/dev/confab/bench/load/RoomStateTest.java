package dev.confab.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomStateTest {

    private final RoomState room = new RoomState(0);

    @Test
    void whoNeverWasInTheRoomResumesFromNowhere() {
        assertThat(room.lastSeq()).isEqualTo(-1);
        room.joined(5, false, "life");
        assertThat(room.lastSeq()).isEqualTo(5);
    }

    @Test
    void resumesFromTheLastEventThatCame() {
        room.joined(5, false, "life");
        assertThat(room.received(6)).isTrue();
        assertThat(room.received(6)).isFalse();
        room.disconnected();

        assertThat(room.lastSeq()).isEqualTo(6);
        assertThat(room.isLive()).isFalse();
    }

    @Test
    void aMessageOfOnesOwnThatComesBeforeTheReplayIsNotCountedAsHad() {
        room.joined(5, false, "life");
        room.disconnected();

        assertThat(room.received(9)).isFalse();
        assertThat(room.received(6)).isTrue();
        assertThat(room.lastSeq()).isEqualTo(6);
    }

    @Test
    void whatCameLiveCountsOnceTheGapBeforeItIsFetched() {
        room.joined(5, false, "life");
        room.owe(8);
        assertThat(room.received(9)).isTrue();
        assertThat(room.lastSeq()).as("still to be fetched").isEqualTo(5);
        for (long seq = 6; seq <= 8; seq++) {
            assertThat(room.owes()).isTrue();
            room.fetched(seq);
        }

        assertThat(room.owes()).isFalse();
        assertThat(room.lastSeq()).isEqualTo(9);
    }

    @Test
    void whoIsCutOffWhileFetchingResumesFromWhatWasFetched() {
        room.joined(5, false, "life");
        room.owe(8);
        room.fetched(6);
        room.disconnected();

        assertThat(room.lastSeq()).isEqualTo(6);
        assertThat(room.owes()).isFalse();
    }
}
