package dev.confab.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.Presence.Stay;
import dev.confab.redis.PresenceEndings.Untold;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PresenceEndingsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final PresenceEndings endings = new PresenceEndings(nanos::get);
    private final UserId kim = UserId.random();
    private final ConnectionId phone = ConnectionId.random();
    private final RoomId lobby = RoomId.random();
    private final Stay stay = new Stay(kim, phone, Set.of(lobby));

    @Test
    void endOfAConnectionLeavesNothingOfItsStay() {
        endings.connectionEnded(kim, phone);
        assertThat(endings.lastingPart(stay)).isNull();
        endings.connectionBegan(phone);
        assertThat(endings.lastingPart(stay)).isEqualTo(stay);
    }

    @Test
    void roomThatWasLeftIsNoPartOfTheStayUntilItIsEnteredAgain() {
        endings.roomLeft(kim, phone, lobby);
        assertThat(endings.lastingPart(stay)).isEqualTo(new Stay(kim, phone, Set.of()));
        endings.roomEntered(phone, lobby);
        assertThat(endings.lastingPart(stay)).isEqualTo(stay);
        assertThat(endings.untold()).isEmpty();
    }

    @Test
    void endOfAConnectionTakesThePlaceOfWhatWasUntoldOfItsRooms() {
        endings.roomLeft(kim, phone, lobby);
        endings.connectionEnded(kim, phone);
        assertThat(endings.untold()).containsExactly(new Untold(kim, phone, null));
        endings.told(new Untold(kim, phone, null));
        assertThat(endings.untold()).isEmpty();
        assertThat(endings.lastingPart(stay)).isNull();
    }

    @Test
    void untoldLeaveOfALivingConnectionIsNeverForgotten() {
        endings.roomLeft(kim, phone, lobby);
        passSilence();
        assertThat(endings.untold()).containsExactly(new Untold(kim, phone, lobby));
        endings.told(new Untold(kim, phone, lobby));
        passSilence();
        assertThat(endings.lastingPart(stay)).isEqualTo(stay);
    }

    @Test
    void endedConnectionIsForgottenWhenRedisEndsItByItsSilence() {
        endings.connectionEnded(kim, phone);
        passSilence();
        assertThat(endings.untold()).isEmpty();
        assertThat(endings.lastingPart(stay)).isEqualTo(stay);
    }

    private void passSilence() {
        nanos.addAndGet(Presence.SILENCE.toNanos() + 1);
        endings.forgetOld();
    }
}
