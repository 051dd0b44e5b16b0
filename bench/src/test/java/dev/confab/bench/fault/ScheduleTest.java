package dev.confab.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Schedule.Scope ALL = new Schedule.Scope(15, EnumSet.allOf(FaultKind.class), 2, 2);

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(Schedule.of(7, ALL))
                .isEqualTo(Schedule.of(7, ALL))
                .hasToString(Schedule.of(7, ALL).toString());
        assertThat(LongStream.range(0, 100)
                        .mapToObj(seed -> Schedule.of(seed, ALL).toString()))
                .doesNotHaveDuplicates();
    }

    /** Written down once: who repeats a seed of another day must get the round of that day. */
    @Test
    void aSeedStaysWhatItWas() {
        assertThat(Schedule.of(1, ALL))
                .hasToString(
                        "restore postgres +1.5 s from a copy of 4.5 s before, poison kafka +1.8 s, stop redis +2.9 s for"
                                + " 7.6 s, kill worker-1 +7.4 s for 2.9 s, kill worker-2 +12.7 s for 0.1 s");
    }

    @Test
    void everyFaultThatCanHappenHappensToEveryVictim() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 500; seed++) {
            Schedule.of(seed, ALL).faults().forEach(fault -> seen.add(name(fault)));
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        ALL.possible().stream().map(ScheduleTest::name).toList());
    }

    private static String name(Fault fault) {
        return fault.kind() + " " + fault.victim() + " " + fault.cut();
    }

    @Test
    void oneServerIsTheVictimOfOneFaultAtATimeAndAllAreOverAtTheEnd() {
        for (long seed = 0; seed < 500; seed++) {
            List<Fault> faults = Schedule.of(seed, ALL).faults();
            assertThat(faults)
                    .isNotEmpty()
                    .allSatisfy(fault -> assertThat(fault.endMillis()).isLessThanOrEqualTo(15_000));
            for (Fault fault : faults) {
                assertThat(faults)
                        .filteredOn(other -> other.victim().equals(fault.victim())
                                && other.atMillis() >= fault.atMillis()
                                && other.atMillis() <= fault.endMillis())
                        .containsExactly(fault);
            }
        }
    }

    @Test
    void onlyWhatWasAskedForHappens() {
        Schedule.Scope kills = new Schedule.Scope(15, Set.of(FaultKind.KILL), 1, 3);
        for (long seed = 0; seed < 100; seed++) {
            assertThat(Schedule.of(seed, kills).faults()).allSatisfy(fault -> {
                assertThat(fault.kind()).isEqualTo(FaultKind.KILL);
                assertThat(fault.victim().number()).isLessThanOrEqualTo(3);
            });
        }
    }
}
