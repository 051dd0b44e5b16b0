package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryRevocations;
import dev.confab.chat.port.out.Revocations;

class InMemoryRevocationsTest implements RevocationsContract.SingleServer, RevocationsContract.TwoServers {

    private final MutableClock clock = new MutableClock();
    private final InMemoryRevocations.Hub hub = new InMemoryRevocations.Hub(clock);

    @Override
    public Revocations startServer() {
        return new InMemoryRevocations(hub);
    }

    @Override
    public MutableClock clock() {
        return clock;
    }
}
