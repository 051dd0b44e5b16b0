package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemorySignals;
import dev.confab.chat.port.out.Signals;

class InMemorySignalsTest implements SignalsContract.SingleServer, SignalsContract.TwoServers {

    private final InMemorySignals.Hub hub = new InMemorySignals.Hub();

    @Override
    public Signals startServer() {
        return new InMemorySignals(hub);
    }
}
