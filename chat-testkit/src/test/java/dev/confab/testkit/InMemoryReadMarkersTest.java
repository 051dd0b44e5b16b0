package dev.confab.testkit;

final class InMemoryReadMarkersTest implements ReadMarkersContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
