package dev.confab.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class IdentifiersTest {

    @Property
    void everyIdIsReadBackFromItsTextInEitherCase(@ForAll long high, @ForAll long low) {
        UUID uuid = new UUID(high, low);
        String text = uuid.toString();

        assertThat(UserId.parse(text)).contains(new UserId(uuid));
        assertThat(RoomId.parse(text.toUpperCase(Locale.ROOT))).contains(new RoomId(uuid));
        assertThat(ClientMessageId.parse(text).orElseThrow().toString()).isEqualTo(text);
        assertThat(SessionId.parse(text)).contains(new SessionId(uuid));
        assertThat(ConnectionId.parse(text)).contains(new ConnectionId(uuid));
    }

    @Property
    void noTextMakesTheReaderFail(@ForAll String text) {
        UserId.parse(text).ifPresent(id -> assertThat(id.toString()).isEqualToIgnoringCase(text));
    }

    @Example
    void whatOnlyLooksLikeAnIdIsNone() {
        for (String text : List.of(
                "",
                "1-1-1-1-1",
                "e4e30e66-3f05-46bb-9d7e-00e993db000",
                "e4e30e66-3f05-46bb-9d7e-00e993db00011",
                "e4e30e663f0546bb9d7e00e993db0001",
                "{e4e30e66-3f05-46bb-9d7e-00e993db00}",
                "g4e30e66-3f05-46bb-9d7e-00e993db0001",
                "+4e30e66-3f05-46bb-9d7e-00e993db0001",
                "e4e30e6-63f05-46bb-9d7e-00e993db0001",
                "e4e30e66-3f05-46bb-9d7e-00e993db000１")) {
            assertThat(UserId.parse(text)).as(text).isEmpty();
        }
    }

    @Example
    void aSequenceIsNeverNegative() {
        assertThat(Sequence.NONE.next()).isEqualTo(new Sequence(1));
        assertThat(new Sequence(2).isAfter(new Sequence(1))).isTrue();
        assertThat(new Sequence(1).isAfter(new Sequence(1))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Sequence(-1));
    }
}
