package dev.confab.testkit;

final class InMemoryMessageSearchTest implements MessageSearchContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
