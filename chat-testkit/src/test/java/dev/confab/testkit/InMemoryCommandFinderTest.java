package dev.confab.testkit;

final class InMemoryCommandFinderTest implements CommandFinderContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
