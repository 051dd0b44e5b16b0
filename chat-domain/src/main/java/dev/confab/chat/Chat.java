package dev.confab.chat;

import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.NotificationSettings;
import dev.confab.chat.port.in.AdmitUser;
import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.in.CountUnread;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.DiscoverRooms;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.in.FetchHistory;
import dev.confab.chat.port.in.FindOutcome;
import dev.confab.chat.port.in.FindRoom;
import dev.confab.chat.port.in.FindUser;
import dev.confab.chat.port.in.HandleDeadLetters;
import dev.confab.chat.port.in.JoinRoom;
import dev.confab.chat.port.in.KeepMessages;
import dev.confab.chat.port.in.LeaveRoom;
import dev.confab.chat.port.in.ListBans;
import dev.confab.chat.port.in.ListMembers;
import dev.confab.chat.port.in.ListMyRooms;
import dev.confab.chat.port.in.ListOnline;
import dev.confab.chat.port.in.ListReaders;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.in.LogIn;
import dev.confab.chat.port.in.LogOut;
import dev.confab.chat.port.in.MarkRead;
import dev.confab.chat.port.in.MeetUser;
import dev.confab.chat.port.in.ModerateRoom;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.chat.port.in.QueryPresence;
import dev.confab.chat.port.in.ReadAuditLog;
import dev.confab.chat.port.in.RebuildUnread;
import dev.confab.chat.port.in.RefreshLogin;
import dev.confab.chat.port.in.RegisterUser;
import dev.confab.chat.port.in.RenameUser;
import dev.confab.chat.port.in.SearchMessages;
import dev.confab.chat.port.in.SearchUsers;
import dev.confab.chat.port.in.SetNotificationLevel;
import dev.confab.chat.port.in.TraceMessage;
import dev.confab.chat.port.out.ChatPorts;
import dev.confab.chat.port.out.ChatRuntime;
import dev.confab.chat.port.out.DeadLetterLog;
import dev.confab.chat.port.out.DeadLetterStates;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.MessageRetention;
import dev.confab.chat.port.out.MessageSearch;
import dev.confab.chat.port.out.NotifierPorts;
import dev.confab.chat.port.out.RelayPorts;
import dev.confab.chat.port.out.RetentionPorts;
import dev.confab.chat.port.out.Subscription;
import dev.confab.chat.port.out.TracePorts;
import dev.confab.chat.port.out.UnreadRepair;
import dev.confab.chat.usecase.ChatAssembly;
import dev.confab.chat.usecase.ChatServices;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The embedder's door: a running chat, with one accessor for each thing that may be asked of it.
 *
 * <p>Safe on any thread. Whether a call may block is said by each inbound port.
 */
public final class Chat implements AutoCloseable {

    private final ChatServices services;
    private final Runnable afterwards;

    private Chat(ChatServices services, Runnable afterwards) {
        this.services = services;
        this.afterwards = afterwards;
    }

    /**
     * Starts a whole chat inside this process: no server, no files, everything gone when it is closed.
     *
     * @param clock usually {@link Clock#systemUTC()}
     */
    public static Chat inMemory(Clock clock) {
        InMemoryNode node = InMemoryNode.start(clock);
        return new Chat(ChatAssembly.startGateway(node.ports(), node.runtime(), ChatSettings.defaults()), node::close);
    }

    /**
     * Starts the part that people talk to, on adapters of the caller's choice. Blocks until no event can be missed any
     * more. What is accepted is stored once a {@linkplain #startWorker worker} runs, here or elsewhere.
     *
     * @throws dev.confab.chat.port.out.BusUnavailableException when the bus is not ready within 30 s
     */
    public static Chat start(ChatPorts ports, ChatRuntime runtime, ChatSettings settings) {
        return new Chat(ChatAssembly.startGateway(ports, runtime, settings), () -> {});
    }

    /**
     * Starts the part that stores what is accepted, and makes it searchable. Any number of workers share the work.
     *
     * @param thread makes searchable what was stored; it is blocked, and stays open
     * @return to be closed to stop; that blocks for at most 5 s, until what is under way is finished
     */
    public static Subscription startWorker(
            EventBus bus, MessageLog log, MessageSearch search, ScheduledExecutorService thread) {
        return ChatAssembly.startWorker(bus, log, search, thread);
    }

    /**
     * The rules of how long single rooms keep their messages, for operators. They count where a worker {@linkplain
     * #startRetention deletes} old messages.
     */
    public static KeepMessages keepMessages(MessageRetention retention) {
        return ChatAssembly.keepMessages(retention);
    }

    /** The ways out for dead letters, for operators. It needs nothing of what else runs, and may run beside it. */
    public static HandleDeadLetters handleDeadLetters(DeadLetterLog log, DeadLetterStates states, Clock clock) {
        return ChatAssembly.handleDeadLetters(log, states, clock);
    }

    /**
     * Where messages have been, for operators. It takes the listener of the signals for itself, so they must not be those
     * of a chat that runs.
     */
    public static TraceMessage traceMessage(TracePorts ports) {
        return ChatAssembly.traceMessage(ports);
    }

    /**
     * The recounting of unread counts, for operators. It needs nothing of what else runs, and may run beside it.
     */
    public static RebuildUnread rebuildUnread(UnreadRepair unread) {
        return ChatAssembly.rebuildUnread(unread);
    }

    /**
     * Starts the part that tells of what happens to rooms, which belongs to every worker: it publishes who joined, left,
     * was removed and so on, and announces that in the rooms. However many run, one at a time does it.
     *
     * @param thread of its own; it is blocked
     * @return to be closed to stop; that blocks for at most 2 s, until what is under way is finished
     */
    public static Subscription startRelay(RelayPorts ports, ScheduledExecutorService thread) {
        return ChatAssembly.startRelay(ports, thread);
    }

    /**
     * Starts the part that tells people of messages that they have not read, through a {@link
     * dev.confab.chat.port.out.Notifier}. Any number of them share the work.
     *
     * @return to be closed to stop; that blocks for at most 10 s, and leaves to others what was not handed over
     */
    public static Subscription startNotifier(NotifierPorts ports, ChatRuntime runtime, NotificationSettings settings) {
        return ChatAssembly.startNotifier(ports, runtime, settings);
    }

    /**
     * Starts the part that archives and deletes what is older than it may get, at once and then every hour. It may run
     * in any number of processes; one at a time does it.
     *
     * @param age how old messages get in rooms without a {@linkplain #keepMessages rule} of their own; null: there they
     *     are kept for ever. It should be days at least: who resumes from before is told of a gap that cannot be fetched any more
     * @param thread is blocked for as long as it takes, and stays open
     * @return to be cancelled to stop; with interruption to stop before all is done
     */
    public static Future<?> startRetention(
            RetentionPorts ports, Clock clock, @Nullable Duration age, ScheduledExecutorService thread) {
        return ChatAssembly.startRetention(ports, clock, age, thread);
    }

    /** Opens accounts. */
    public RegisterUser registerUser() {
        return services.registerUser();
    }

    /** Proves who somebody is by password. */
    public LogIn logIn() {
        return services.logIn();
    }

    /** Trades refresh tokens. */
    public RefreshLogin refreshLogin() {
        return services.refreshLogin();
    }

    /** Ends logins. */
    public LogOut logOut() {
        return services.logOut();
    }

    /** Reads access tokens. */
    public Authenticate authenticate() {
        return services.authenticate();
    }

    /** Gives users of a host product their accounts. */
    public MeetUser meetUser() {
        return services.meetUser();
    }

    /** Lets those who connect in, a bounded number at a time. */
    public AdmitUser admitUser() {
        return services.admitUser();
    }

    /** Looks people up. */
    public FindUser findUser() {
        return services.findUser();
    }

    /** Looks for people by their names. */
    public SearchUsers searchUsers() {
        return services.searchUsers();
    }

    /** Changes nicknames. */
    public RenameUser renameUser() {
        return services.renameUser();
    }

    /** Opens rooms. */
    public CreateRoom createRoom() {
        return services.createRoom();
    }

    /** Looks at a room. */
    public FindRoom findRoom() {
        return services.findRoom();
    }

    /** Lists the rooms somebody is in. */
    public ListMyRooms listMyRooms() {
        return services.listMyRooms();
    }

    /** Makes members. */
    public JoinRoom joinRoom() {
        return services.joinRoom();
    }

    /** Ends memberships. */
    public LeaveRoom leaveRoom() {
        return services.leaveRoom();
    }

    /** Lists who is in a room. */
    public ListMembers listMembers() {
        return services.listMembers();
    }

    /** Finds public rooms. */
    public DiscoverRooms discoverRooms() {
        return services.discoverRooms();
    }

    /** Invites, removes, bans, and changes rooms. */
    public ModerateRoom moderateRoom() {
        return services.moderateRoom();
    }

    /** Lists who is banned. */
    public ListBans listBans() {
        return services.listBans();
    }

    /** Shows what moderators did. */
    public ReadAuditLog readAuditLog() {
        return services.readAuditLog();
    }

    /** Sends messages. */
    public PostMessage postMessage() {
        return services.postMessage();
    }

    /** Edits messages. */
    public EditMessage editMessage() {
        return services.editMessage();
    }

    /** Deletes messages. */
    public DeleteMessage deleteMessage() {
        return services.deleteMessage();
    }

    /** Reads what was said. */
    public FetchHistory fetchHistory() {
        return services.fetchHistory();
    }

    /** Tells what became of a send. */
    public FindOutcome findOutcome() {
        return services.findOutcome();
    }

    /** Moves read markers. */
    public MarkRead markRead() {
        return services.markRead();
    }

    /** Lists who has read a message. */
    public ListReaders listReaders() {
        return services.listReaders();
    }

    /** Counts what was not read. */
    public CountUnread countUnread() {
        return services.countUnread();
    }

    /** Chooses of what one is told while away. */
    public SetNotificationLevel setNotificationLevel() {
        return services.setNotificationLevel();
    }

    /** Tells who is online. */
    public QueryPresence queryPresence() {
        return services.queryPresence();
    }

    /** Lists who is live in a room. */
    public ListOnline listOnline() {
        return services.listOnline();
    }

    /** Looks for messages by their words. */
    public SearchMessages searchMessages() {
        return services.searchMessages();
    }

    /** Tells what happens, as it happens. */
    public LiveChat liveChat() {
        return services.liveChat();
    }

    /** Ends what this chat listens to. Adapters that were passed in stay open. Blocks for at most 10 s; idempotent. */
    @Override
    public void close() {
        services.closing().run();
        afterwards.run();
    }
}
