package dev.confab.testkit;

final class InMemoryNotificationStoreTest implements NotificationStoreContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
