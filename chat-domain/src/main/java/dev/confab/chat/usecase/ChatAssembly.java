package dev.confab.chat.usecase;

import dev.confab.chat.model.ChatSettings;
import dev.confab.chat.model.NotificationSettings;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.port.in.HandleDeadLetters;
import dev.confab.chat.port.in.KeepMessages;
import dev.confab.chat.port.in.LeaveRoom;
import dev.confab.chat.port.in.MeetUser;
import dev.confab.chat.port.in.ModerateRoom;
import dev.confab.chat.port.in.RebuildUnread;
import dev.confab.chat.port.in.RegisterUser;
import dev.confab.chat.port.in.TraceMessage;
import dev.confab.chat.port.out.BusUnavailableException;
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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts the services together. */
public final class ChatAssembly {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofHours(1);
    private static final Duration CLEANING = Duration.ofSeconds(10);

    private ChatAssembly() {}

    /**
     * Starts to store what is accepted, and to index what is stored: the worker's part.
     *
     * @param thread indexes; it is blocked, and stays open
     * @return to be closed to stop; blocks for at most 5 s until what is under way is finished
     */
    public static Subscription startWorker(
            EventBus bus, MessageLog log, MessageSearch search, ScheduledExecutorService thread) {
        IndexMessages index = new IndexMessages(search, thread);
        try {
            return new StoringAndIndexing(bus.consume(new PersistCommands(bus, log, index)), index);
        } catch (RuntimeException fault) {
            index.close();
            throw fault;
        }
    }

    /**
     * Starts to delete what is older than it may get, once an hour.
     *
     * @param age how old messages get in rooms without a rule of their own; null: they are kept for ever
     * @param thread is blocked, and stays open
     * @return to be cancelled to stop, with interruption to stop between two parts
     */
    public static Future<?> startRetention(
            RetentionPorts ports, Clock clock, @Nullable Duration age, ScheduledExecutorService thread) {
        return thread.scheduleWithFixedDelay(
                new PurgeOldMessages(ports, clock, age), 0, RETENTION.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The worker's two parts; what is stored last is still indexed. */
    private record StoringAndIndexing(Subscription storing, IndexMessages index) implements Subscription {

        @Override
        public CompletionStage<Void> ready() {
            return storing.ready();
        }

        @Override
        public void close() {
            storing.close();
            index.close();
        }
    }

    /** Rules of how long single rooms keep their messages, for operators. */
    public static KeepMessages keepMessages(MessageRetention retention) {
        return new KeepMessagesService(retention);
    }

    /** The ways out for dead letters, for operators. */
    public static HandleDeadLetters handleDeadLetters(DeadLetterLog log, DeadLetterStates states, Clock clock) {
        return new HandleDeadLettersService(log, states, clock);
    }

    /** Where messages have been, for operators. */
    public static TraceMessage traceMessage(TracePorts ports) {
        return new TraceMessageService(ports);
    }

    /** Recounting of unread counts, for operators. */
    public static RebuildUnread rebuildUnread(UnreadRepair unread) {
        return new RebuildUnreadService(unread);
    }

    /**
     * Starts to tell of what happens to rooms, and to announce it in their timelines: the worker's part as well. However
     * many are started, one at a time does it.
     *
     * @param thread of its own; it is blocked
     * @return to be closed to stop; blocks for at most 2 s until what is under way is finished
     */
    public static Subscription startRelay(RelayPorts ports, ScheduledExecutorService thread) {
        RelayLoop loop = new RelayLoop(new RelayRoomChanges(ports), thread);
        loop.start();
        return loop;
    }

    /**
     * Starts to tell people of what they have not read: the notifier's part.
     *
     * @return to be closed to stop; blocks for at most 10 s until what is under way is finished or left to others
     */
    public static Subscription startNotifier(NotifierPorts ports, ChatRuntime runtime, NotificationSettings settings) {
        Background background = new Background(runtime.blocking(), runtime.timer());
        SendNotifications sending = new SendNotifications(ports.notifier(), settings, background, runtime.random());
        Subscription watching = ports.bus().watch(settings.after(), new NotifyUnaware(ports.bus(), ports.store()));
        Subscription delivering = ports.bus().deliver(sending);
        return new Subscriptions(List.of(watching, delivering), sending::stop);
    }

    /**
     * Starts what people talk to: the gateway's part. Blocks until no event can be missed any more.
     *
     * @throws BusUnavailableException when that takes longer than 30 s
     */
    public static ChatServices startGateway(ChatPorts ports, ChatRuntime runtime, ChatSettings settings) {
        Clock clock = runtime.clock();
        RandomGenerator random = runtime.random();
        Background background = new Background(runtime.blocking(), runtime.timer());
        OutcomeWaiters waiters = new OutcomeWaiters();
        SendingRights rights = new SendingRights(ports.rooms(), background, clock);
        LivePresence presence =
                new LivePresence(ports.presence(), ports.signals(), ports.users(), background, clock, settings);
        Admission admission = new Admission(background, settings.admission());
        LiveChatService live = live(
                ports,
                settings,
                background,
                presence,
                waiters,
                rights,
                new DeliveryMemory(runtime.serverId(), clock),
                admission);
        MeetUser meetUser = new MeetUserService(ports.users(), clock);
        ChangeMessageService changeMessage = new ChangeMessageService(
                ports.eventBus(),
                ports.messageLog(),
                ports.rooms(),
                ports.contentPolicy(),
                background,
                clock,
                runtime.ids());

        ports.signals().onSignal(live::onSignal);
        Subscription revoked = ports.revocations().onRevoked(live::onRevoked);
        Subscription publications = ports.eventBus().listen(live);
        awaitReady(publications, revoked);
        List<Future<?>> timers = new ArrayList<>(presence.start(live::sessions));
        timers.add(background.repeat(CLEANING, live::clean));

        return new ChatServices(
                registering(ports, clock),
                new LogInService(
                        ports.users(),
                        ports.logins(),
                        ports.accessTokens(),
                        ports.passwordHasher(),
                        clock,
                        random,
                        settings),
                new RefreshLoginService(
                        ports.users(),
                        ports.logins(),
                        ports.accessTokens(),
                        ports.revocations(),
                        clock,
                        random,
                        settings),
                new LogOutService(ports.logins(), ports.revocations(), clock, settings),
                new AuthenticateService(ports.accessTokens(), ports.revocations(), clock),
                meetUser,
                new AdmitUserService(admission, meetUser),
                new FindUserService(ports.users()),
                new SearchUsersService(ports.users()),
                new RenameUserService(ports.users()),
                new CreateRoomService(ports.rooms(), ports.signals(), clock),
                new FindRoomService(ports.rooms()),
                new ListMyRoomsService(ports.rooms()),
                new JoinRoomService(ports.rooms(), ports.signals(), clock),
                forgetting(rights, new LeaveRoomService(ports.rooms(), ports.signals(), clock)),
                new ListMembersService(ports.rooms()),
                new DiscoverRoomsService(ports.rooms()),
                forgetting(rights, new ModerateRoomService(ports.rooms(), ports.signals(), clock)),
                new ListBansService(ports.rooms(), clock),
                new ReadAuditLogService(ports.rooms()),
                new PostMessageService(
                        ports.eventBus(),
                        ports.messageLog(),
                        rights,
                        waiters,
                        live::tellAgain,
                        ports.contentPolicy(),
                        background,
                        clock,
                        runtime.ids()),
                changeMessage,
                changeMessage,
                new FetchHistoryService(ports.messageLog(), ports.rooms()),
                new FindOutcomeService(ports.messageLog()),
                new MarkReadService(
                        ports.readMarkers(), ports.rooms(), ports.messageLog(), ports.eventBus(), clock, runtime.ids()),
                new ListReadersService(ports.readMarkers(), ports.messageLog(), ports.rooms()),
                new CountUnreadService(ports.readMarkers()),
                new SetNotificationLevelService(ports.notifications(), ports.rooms()),
                new QueryPresenceService(ports.presence(), ports.users()),
                new ListOnlineService(ports.presence(), ports.rooms()),
                new SearchMessagesService(ports.messageSearch(), ports.rooms()),
                live,
                () -> {
                    timers.forEach(timer -> timer.cancel(false));
                    revoked.close();
                    publications.close();
                });
    }

    /** Where no tokens are issued nobody could use an account that is opened here. */
    private static RegisterUser registering(ChatPorts ports, Clock clock) {
        return ports.accessTokens().canIssue()
                ? new RegisterUserService(ports.users(), ports.passwordHasher(), clock)
                : (email, password, nickname) -> Result.refused(Refusal.Code.FORBIDDEN);
    }

    private static LiveChatService live(
            ChatPorts ports,
            ChatSettings settings,
            Background background,
            LivePresence presence,
            OutcomeWaiters waiters,
            SendingRights rights,
            DeliveryMemory deliveries,
            Admission admission) {
        LiveStores stores = new LiveStores(ports.messageLog(), ports.rooms());
        LiveSessions sessions = new LiveSessions(settings.sessionsPerUser());
        RecentMemory memory = new RecentMemory();
        LiveRooms rooms = new LiveRooms(
                roomId -> new RoomFeed(roomId, stores, background, sessions, deliveries, memory),
                memory,
                ports.signals());
        return new LiveChatService(
                stores,
                rooms,
                sessions,
                presence,
                ports.revocations(),
                waiters,
                rights,
                background,
                deliveries,
                ports.signals()::send,
                admission);
    }

    /** Who leaves here cannot send here a moment later, even if the signal that says so is lost. */
    private static LeaveRoom forgetting(SendingRights rights, LeaveRoom leaveRoom) {
        return (caller, roomId) -> {
            try {
                return leaveRoom.leave(caller, roomId);
            } finally {
                rights.forget(roomId);
            }
        };
    }

    /** Who was removed here cannot send here a moment later, even if the signal that says so is lost. */
    private static ModerateRoom forgetting(SendingRights rights, ModerateRoom moderateRoom) {
        return (caller, roomId, act) -> {
            try {
                return moderateRoom.moderate(caller, roomId, act);
            } finally {
                rights.forget(roomId);
            }
        };
    }

    private static void awaitReady(Subscription publications, Subscription revoked) {
        try {
            publications.ready().toCompletableFuture().get(READY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notReady) {
            publications.close();
            revoked.close();
            throw new BusUnavailableException("The event bus is not ready to listen to", notReady);
        } catch (InterruptedException interrupted) {
            publications.close();
            revoked.close();
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("Interrupted while waiting for the event bus", interrupted);
        }
    }
}
