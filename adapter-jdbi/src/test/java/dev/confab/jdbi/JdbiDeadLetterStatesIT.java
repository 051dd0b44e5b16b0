package dev.confab.jdbi;

import dev.confab.testkit.DeadLetterStatesContract;
import dev.confab.testkit.StoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JdbiDeadLetterStatesIT implements DeadLetterStatesContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    public StoreFixture stores() {
        return POSTGRES;
    }
}
