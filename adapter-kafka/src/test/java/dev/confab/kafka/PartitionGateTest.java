package dev.confab.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.kafka.PartitionGate.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PartitionGateTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final PartitionGate gate = new PartitionGate();
    private long now = -500_000_000L; // the clock of System.nanoTime() may begin anywhere
    private boolean connected = true;

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Verdict verdict() {
        return gate.verdict(connected, now);
    }

    @Test
    void healthyPartitionIsOpen() {
        for (int i = 0; i < 3; i++) {
            assertThat(verdict()).isEqualTo(Verdict.SEND);
            gate.handOver(now);
            pass(Duration.ofMinutes(1));
            gate.acknowledged(now);
            pass(Duration.ofMinutes(1));
        }
        assertThat(gate.isSuspect()).isFalse();
    }

    @Test
    void slowPartitionStaysOpenWhileAcknowledgementsArrive() {
        for (int i = 0; i < 10; i++) {
            gate.handOver(now);
        }
        for (int i = 0; i < 9; i++) {
            pass(PartitionGate.SILENCE);
            gate.acknowledged(now);
            assertThat(verdict()).isEqualTo(Verdict.SEND);
        }
    }

    @Test
    void withoutAnyConnectionCommandsAreHeldAndThenRefused() {
        connected = false;
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        pass(PartitionGate.PATIENCE);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        pass(MOMENT);
        assertThat(verdict()).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void aConnectionAloneDoesNotEndASuspicion() {
        connected = false;
        verdict();
        pass(MOMENT);
        connected = true;
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        gate.leaderSeen(now);
        assertThat(verdict()).isEqualTo(Verdict.SEND);
    }

    @Test
    void silenceIsSuspicious() {
        gate.handOver(now);
        pass(PartitionGate.SILENCE);
        assertThat(verdict()).isEqualTo(Verdict.SEND);
        pass(MOMENT);
        assertThat(verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(gate.isSuspect()).isTrue();
    }

    @Test
    void acknowledgementEndsASuspicion() {
        gate.handOver(now);
        pass(PartitionGate.SILENCE.plus(MOMENT));
        verdict();
        gate.acknowledged(now);
        assertThat(verdict()).isEqualTo(Verdict.SEND);
        assertThat(gate.isSuspect()).isFalse();
    }

    @Test
    void aLeaderIsNotTrustedWhileCommandsAreOnTheirWay() {
        gate.handOver(now);
        pass(PartitionGate.SILENCE.plus(MOMENT));
        verdict();
        gate.leaderSeen(now);
        assertThat(verdict()).isEqualTo(Verdict.REFUSE);
        pass(MOMENT);
        gate.failed(now);
        assertThat(verdict()).isEqualTo(Verdict.REFUSE);
        pass(MOMENT);
        gate.leaderSeen(now);
        assertThat(verdict()).isEqualTo(Verdict.SEND);
    }

    @Test
    void oneCommandAloneTriesWhetherItPasses() {
        connected = false;
        verdict();
        pass(Duration.ofMinutes(1));
        connected = true;
        gate.leaderSeen(now);
        assertThat(verdict()).isEqualTo(Verdict.SEND);
        gate.handOver(now);
        assertThat(verdict()).isEqualTo(Verdict.REFUSE);
        gate.acknowledged(now);
        assertThat(verdict()).isEqualTo(Verdict.SEND);
    }

    @Test
    void commandThatWasNotTakenIsNotWaitedFor() {
        gate.handOver(now);
        gate.takeBack();
        pass(Duration.ofMinutes(1));
        assertThat(verdict()).isEqualTo(Verdict.SEND);
    }
}
