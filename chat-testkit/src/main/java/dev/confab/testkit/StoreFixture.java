package dev.confab.testkit;

import dev.confab.chat.port.out.CommandFinder;
import dev.confab.chat.port.out.DeadLetterStates;
import dev.confab.chat.port.out.LoginStore;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageRetention;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.NotificationStore;
import dev.confab.chat.port.out.Outbox;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.UnreadRepair;
import dev.confab.chat.port.out.UserStore;

/**
 * The store adapters of one back end, over the same data. It may hold the data of other tests: the contracts name
 * everything anew. The adapters are safe on any thread; a fixture is asked by one test at a time.
 */
public interface StoreFixture {

    /** Timelines. */
    MessageLog messageLog();

    /** Rooms and who is in them. */
    RoomStore rooms();

    /** People. */
    UserStore users();

    /** Logins. */
    LoginStore logins();

    /** Read markers. */
    ReadMarkers readMarkers();

    /** Of what members want to be told. */
    NotificationStore notifications();

    /** What is still to be published. */
    Outbox outbox();

    /** Recounting of unread counts. */
    UnreadRepair unreadRepair();

    /** Messages by their words. */
    MessageSearch messageSearch();

    /** Old messages that go for good. */
    MessageRetention retention();

    /** What was done with dead letters. */
    DeadLetterStates deadLetterStates();

    /** Commands by their names. */
    CommandFinder commandFinder();

    /** The clock that the adapters were given. */
    MutableClock clock();

    /** Copies all that is stored now. Running the answer puts the copy back in its place, as a restore would. */
    Runnable backup();
}
