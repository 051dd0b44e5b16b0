package dev.confab.testkit;

final class InMemoryRoomStoreTest implements RoomStoreContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
