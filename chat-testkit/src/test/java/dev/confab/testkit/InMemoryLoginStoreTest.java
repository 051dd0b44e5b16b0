package dev.confab.testkit;

final class InMemoryLoginStoreTest implements LoginStoreContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
