package dev.confab.jdbi;

import dev.confab.testkit.MessageLogContract;
import dev.confab.testkit.StoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JdbiMessageLogIT implements MessageLogContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    public StoreFixture stores() {
        return POSTGRES;
    }
}
