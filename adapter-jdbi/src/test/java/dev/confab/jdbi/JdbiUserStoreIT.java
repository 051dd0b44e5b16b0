package dev.confab.jdbi;

import dev.confab.testkit.StoreFixture;
import dev.confab.testkit.UserStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JdbiUserStoreIT implements UserStoreContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    public StoreFixture stores() {
        return POSTGRES;
    }
}
