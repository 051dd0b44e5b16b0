package dev.confab.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalCodecTest {

    private final RoomId room = RoomId.random();

    @Test
    void fieldsOfANewerVersionArePassedOver() {
        assertThat(SignalCodec.decode("members\t" + room + "\t7\tsomething\tnew"))
                .contains(new Signal.MembershipChanged(room, 7));
    }

    @Test
    void whatThisVersionDoesNotKnowOrCannotReadIsPassedOver() {
        List<String> lines = List.of(
                "",
                "\t",
                "reaction\t" + room + "\t7",
                "members",
                "members\t" + room,
                "members\t" + room + "\tseven",
                "members\tlobby\t7",
                "typing\t" + room + "\t" + room + "\tKim\t1",
                "presence\t" + room + "\t" + room + "\tINVISIBLE\t",
                "presence\t" + room + "\t" + room + "\tONLINE\t" + Long.MAX_VALUE + "0");
        assertThat(lines)
                .allSatisfy(line -> assertThat(SignalCodec.decode(line)).isEmpty());
    }
}
