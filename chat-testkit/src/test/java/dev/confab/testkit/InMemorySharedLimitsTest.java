package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemorySharedLimits;
import dev.confab.chat.port.out.SharedLimits;
import java.time.Clock;

final class InMemorySharedLimitsTest implements SharedLimitsContract {

    private final SharedLimits limits = new InMemorySharedLimits(Clock.systemUTC());

    @Override
    public SharedLimits here() {
        return limits;
    }

    @Override
    public SharedLimits elsewhere() {
        return limits;
    }
}
