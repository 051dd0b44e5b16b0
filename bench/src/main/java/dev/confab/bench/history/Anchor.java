package dev.confab.bench.history;

import org.jspecify.annotations.Nullable;

/** What a finding is about, so that the operations around it can be found. What is null or negative is not looked at. */
record Anchor(
        int client,
        @Nullable String room,
        long from,
        long to,
        @Nullable String key) {

    private static final int ANYBODY = -1;

    static Anchor ofSend(String room, String key) {
        return new Anchor(ANYBODY, room, -1, -1, key);
    }

    static Anchor ofStored(String room, long from, long to) {
        return new Anchor(ANYBODY, room, from, to, null);
    }

    static Anchor ofReader(int client, String room, long from, long to) {
        return new Anchor(client, room, from, to, null);
    }

    /** Whether the operation belongs to the story of this finding. */
    boolean isAbout(Operation operation) {
        int who = operation.at().client();
        return switch (operation) {
            case Operation.Received it -> isSeen(who, it.shown());
            case Operation.Fetched it -> isSeen(who, it.shown());
            case Operation.Stored it -> covers(it.shown().room(), it.shown().seq()) || isKey(it.shown());
            case Operation.Sent it -> isKey(it.room(), it.key());
            case Operation.Changing it -> isKey(it.room(), it.key());
            case Operation.Accepted it -> it.key().equals(key);
            case Operation.Failed it -> it.key().equals(key);
            case Operation.Persisted it -> isKey(it.room(), it.key());
            case Operation.Rejected it -> isKey(it.room(), it.key());
            case Operation.Outcome it -> isKey(it.room(), it.key());
            case Operation.Joining it -> isReader(who, it.room());
            case Operation.Joined it -> isReader(who, it.room());
            case Operation.NotJoined it -> isReader(who, it.room());
            case Operation.Left it -> isReader(who, it.room());
            case Operation.RoomHead it -> isReader(who, it.room());
            case Operation.Until it -> isReader(who, it.room());
            case Operation.HistoryRead it -> it.room().equals(room);
            case Operation.Connected it -> client != ANYBODY && who == client;
            case Operation.Closed it -> client != ANYBODY && who == client;
            case Operation.Fault it -> false;
        };
    }

    /** The neighbours as well, where it is about a reader: what came before a hole tells most of it. */
    private boolean isSeen(int who, Shown shown) {
        if (client == ANYBODY) {
            return key != null && isKey(shown);
        }
        return who == client && shown.room().equals(room) && shown.seq() >= from - 1 && shown.seq() <= to + 1;
    }

    private boolean isReader(int who, String where) {
        return client != ANYBODY && who == client && where.equals(room);
    }

    private boolean covers(String where, long seq) {
        return where.equals(room) && from >= 0 && seq >= from && seq <= to;
    }

    private boolean isKey(Shown shown) {
        return key != null && key.equals(shown.key()) && shown.room().equals(room);
    }

    private boolean isKey(String where, String which) {
        return which.equals(key) && where.equals(room);
    }
}
