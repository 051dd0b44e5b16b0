package dev.confab.testkit;

final class InMemoryMessageLogTest implements MessageLogContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
