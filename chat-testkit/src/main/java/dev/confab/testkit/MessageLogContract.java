package dev.confab.testkit;

/**
 * What every {@link dev.confab.chat.port.out.MessageLog} does. An adapter's test implements {@link #stores()}, which
 * answers the same fixture throughout one test.
 */
public interface MessageLogContract
        extends MessageStoringContract,
                MessageRejectionContract,
                MessageRedeliveryContract,
                MessageRestoreContract,
                MessageParkingContract,
                MessageReplayContract,
                MessageHistoryContract,
                MessageChangesContract,
                ChangeHistoryContract,
                MessageMentionsContract,
                MessageAnnouncingContract,
                TimelineHistoriesContract {}
