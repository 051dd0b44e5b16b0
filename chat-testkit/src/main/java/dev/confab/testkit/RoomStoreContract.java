package dev.confab.testkit;

/**
 * What every {@link dev.confab.chat.port.out.RoomStore} does. An adapter's test implements {@link #stores()}, which
 * answers the same fixture throughout one test.
 */
public interface RoomStoreContract
        extends RoomCreationContract,
                RoomKindsContract,
                RoomJoiningContract,
                RoomLeavingContract,
                RoomModerationContract,
                RoomBanContract,
                RoomListingContract {}
