package dev.confab.jdbi;

import dev.confab.testkit.ReadMarkersContract;
import dev.confab.testkit.StoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JdbiReadMarkersIT implements ReadMarkersContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    public StoreFixture stores() {
        return POSTGRES;
    }
}
