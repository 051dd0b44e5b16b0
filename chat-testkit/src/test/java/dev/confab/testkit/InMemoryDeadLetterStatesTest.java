package dev.confab.testkit;

final class InMemoryDeadLetterStatesTest implements DeadLetterStatesContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
