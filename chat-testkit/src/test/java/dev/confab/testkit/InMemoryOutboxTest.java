package dev.confab.testkit;

final class InMemoryOutboxTest implements OutboxContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
