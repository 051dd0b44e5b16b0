package dev.confab.testkit;

import dev.confab.chat.inmemory.InMemoryAccessTokens;
import dev.confab.chat.port.out.AccessTokens;

final class InMemoryAccessTokensTest implements AccessTokensContract {

    private final MutableClock clock = new MutableClock();
    private final AccessTokens tokens = new InMemoryAccessTokens(clock, Samples.RANDOM);
    private final AccessTokens strangers = new InMemoryAccessTokens(clock, Samples.RANDOM);

    @Override
    public AccessTokens tokens() {
        return tokens;
    }

    @Override
    public AccessTokens strangers() {
        return strangers;
    }

    @Override
    public MutableClock clock() {
        return clock;
    }
}
