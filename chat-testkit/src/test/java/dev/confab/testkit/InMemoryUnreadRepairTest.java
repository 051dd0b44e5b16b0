package dev.confab.testkit;

final class InMemoryUnreadRepairTest implements UnreadRepairContract {

    private final StoreFixture stores = new InMemoryStoreFixture();

    @Override
    public StoreFixture stores() {
        return stores;
    }
}
