package dev.confab.jdbi;

import dev.confab.testkit.LoginStoreContract;
import dev.confab.testkit.StoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JdbiLoginStoreIT implements LoginStoreContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    public StoreFixture stores() {
        return POSTGRES;
    }
}
