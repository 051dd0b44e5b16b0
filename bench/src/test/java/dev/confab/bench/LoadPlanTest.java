package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadPlanTest {

    private static LoadPlan plan(int users, int rooms, int members, int senders) {
        return new LoadPlan(users, rooms, members, senders, 2, 1, 100, 0, 20, 5, 128, 1);
    }

    @Test
    void peopleAreSpreadOverTheRoomsInTurns() {
        LoadPlan plan = plan(5, 3, 2, 1);

        assertThat(plan.membersOfRooms()).isEqualTo(List.of(List.of(0, 1), List.of(2, 3), List.of(4, 0)));
        assertThat(plan.roomsOfPeople())
                .isEqualTo(List.of(List.of(0, 2), List.of(0), List.of(1), List.of(1), List.of(2)));
        assertThat(plan.sendersOfRooms()).isDeepEqualTo(new int[][] {{0}, {2}, {4}});
    }

    @Test
    void nobodyIsInARoomTwice() {
        assertThat(plan(3, 2, 3, 3).membersOfRooms())
                .allSatisfy(those -> assertThat(those).doesNotHaveDuplicates());
        assertThat(plan(3, 2, 4, 3).problem()).contains("--members");
    }

    @Test
    void aContentHasItsSizeWithoutTheNumberThatFollows() {
        assertThat(plan(3, 2, 3, 3).content()).hasSize(128 - 12);
        assertThat(plan(3, 2, 3, 3).problem()).isEmpty();
    }

    @Test
    void asManyMessagesAreSentAsTheRateSaysOrAsAreAskedFor() {
        assertThat(plan(3, 2, 3, 3).total()).isEqualTo(2_000);
        assertThat(new LoadPlan(3, 2, 3, 3, 2, 1, 100, 7, 20, 5, 128, 1).total())
                .isEqualTo(7);
    }
}
