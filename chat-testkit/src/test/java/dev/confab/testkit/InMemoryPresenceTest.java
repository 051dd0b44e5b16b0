package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryPresence;
import dev.confab.chat.port.out.Presence;
import java.time.Duration;

class InMemoryPresenceTest implements PresenceContract {

    private final MutableClock clock = new MutableClock();
    private final InMemoryPresence.Hub hub = new InMemoryPresence.Hub(clock);

    @Override
    public Presence startServer() {
        return new InMemoryPresence(hub);
    }

    @Override
    public void letTimePass(Duration time) {
        clock.advance(time);
    }
}
