package dev.confab.testkit;

final class InMemoryMessageRetentionTest implements MessageRetentionContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
