package dev.confab.chat.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RoomActionTest {

    private static final Path PAGE = Path.of("..", "docs", "permissions.md");

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| [A-Z_]+ \\|.*"))
                .toList();

        assertThat(rows)
                .isEqualTo(Arrays.stream(RoomAction.values())
                        .map(RoomActionTest::row)
                        .toList());
    }

    private static String row(RoomAction action) {
        return "| " + action
                + Stream.of(RoomKind.PUBLIC, RoomKind.PRIVATE, RoomKind.DIRECT)
                        .map(kind -> " | " + word(action.in(kind)))
                        .reduce("", String::concat)
                + " |";
    }

    private static String word(Who who) {
        return who == Who.ANYBODY || who == Who.NOBODY ? who.name().toLowerCase(Locale.ROOT) : who.name();
    }

    @Test
    void aHigherRankMayDoWhatALowerMay() {
        for (RoomAction action : RoomAction.values()) {
            for (RoomKind kind : RoomKind.values()) {
                boolean lower = action.refusal(kind, Role.MEMBER).isEmpty();
                for (Role role : Role.values()) {
                    boolean allowed = action.refusal(kind, role).isEmpty();
                    assertThat(allowed || !lower)
                            .as("%s %s %s", action, kind, role)
                            .isTrue();
                    lower = allowed;
                }
            }
        }
    }

    @Test
    void strangersLearnNothingOfRoomsThatAreNotPublic() {
        for (RoomAction action : RoomAction.values()) {
            for (RoomKind kind : List.of(RoomKind.PRIVATE, RoomKind.DIRECT)) {
                assertThat(action.refusal(kind, null))
                        .hasValueSatisfying(
                                refusal -> assertThat(refusal.code()).isEqualTo(Refusal.Code.ROOM_NOT_FOUND));
            }
        }
    }

    @Test
    void aRankReachesLowerOnesAlone() {
        assertThat(RoomAction.reaches(Role.OWNER, Role.ADMIN)).isTrue();
        assertThat(RoomAction.reaches(Role.ADMIN, Role.MEMBER)).isTrue();
        assertThat(RoomAction.reaches(Role.ADMIN, null)).isTrue();
        assertThat(RoomAction.reaches(Role.ADMIN, Role.ADMIN)).isFalse();
        assertThat(RoomAction.reaches(Role.ADMIN, Role.OWNER)).isFalse();
        assertThat(RoomAction.reaches(Role.MEMBER, Role.MEMBER)).isFalse();
    }
}
