package dev.confab.testkit;

import dev.confab.chat.inmemory.Pbkdf2PasswordHasher;
import dev.confab.chat.port.out.PasswordHasher;

final class Pbkdf2PasswordHasherTest implements PasswordHasherContract {

    private final PasswordHasher hasher = new Pbkdf2PasswordHasher(Samples.RANDOM, 1_000);

    @Override
    public PasswordHasher hasher() {
        return hasher;
    }
}
