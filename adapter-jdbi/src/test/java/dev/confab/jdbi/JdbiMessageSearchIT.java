package dev.confab.jdbi;

import dev.confab.testkit.MessageSearchContract;
import dev.confab.testkit.StoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JdbiMessageSearchIT implements MessageSearchContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    public StoreFixture stores() {
        return POSTGRES;
    }
}
