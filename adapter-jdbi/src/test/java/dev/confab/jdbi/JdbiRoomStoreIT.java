package dev.confab.jdbi;

import dev.confab.testkit.RoomStoreContract;
import dev.confab.testkit.StoreFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JdbiRoomStoreIT implements RoomStoreContract {

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    public StoreFixture stores() {
        return POSTGRES;
    }
}
