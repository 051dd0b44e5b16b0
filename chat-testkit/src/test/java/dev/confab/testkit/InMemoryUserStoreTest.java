package dev.confab.testkit;

final class InMemoryUserStoreTest implements UserStoreContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
