package dev.confab.kafka;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandBacklog;
import dev.confab.chat.port.out.CommandTrail;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.DeadLetterLog;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.NotificationBus;
import dev.confab.chat.port.out.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;

/**
 * The event bus on Kafka. Commands lie in {@code chat.messages.v1}, publications in {@code chat.messages.persisted.v1}
 * and {@code chat.read-receipts.v1}, notifications in {@code chat.notifications.v1}, dead letters in {@code chat.messages.dlt.v1}; each record is JSON, its key the
 * room's id.
 *
 * <p>A submission is answered within 1 s as {@code UNAVAILABLE} while Kafka is known to be away, and within about 6 s
 * as {@code OUTCOME_UNKNOWN} when it goes away while the command is on its way.
 *
 * <p>Safe on any thread. Stages of {@link #submit} complete on the thread on which Kafka's client receives answers:
 * whoever has work to do then hops to another.
 */
public final class KafkaEventBus implements EventBus {

    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final Duration FOR_COMMANDS = Duration.ofMillis(3_500);
    private static final Duration FOR_THE_REST = Duration.ofMillis(300);

    private final KafkaSettings settings;
    private final Admin admin;
    private final CommandSender commands;
    private final PublicationSender publications;
    private final NotificationBus notifications;
    private final DeadLetterLog deadLetters;
    private final CommandBacklog backlog;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean closed;

    private KafkaEventBus(KafkaSettings settings, Admin admin, Clock clock) {
        this.settings = settings;
        this.admin = admin;
        this.commands = new CommandSender(settings, admin);
        this.publications = new PublicationSender(settings, new PublicationCodec(clock));
        this.backlog = new KafkaCommandBacklog(settings, admin, clock);
        this.deadLetters = new KafkaDeadLetters(settings, admin, publications);
        this.notifications = new KafkaNotificationBus(settings, clock, publications, this::subscribe);
    }

    /**
     * Connects, and makes the topics that are missing. Blocks for as long as the cluster takes, at most about 50 s.
     *
     * @param clock says when something happened that does not know it itself
     * @throws PartitionCountException when a topic has another number of partitions than in the settings
     * @throws BusUnavailableException when the cluster does not answer, or does not let its topics be made
     */
    public static KafkaEventBus open(KafkaSettings settings, Clock clock) {
        Admin admin;
        try {
            admin = Admin.create(ClientConfigs.admin(settings));
        } catch (KafkaException e) {
            throw new BusUnavailableException(
                    "Kafka at " + settings.bootstrapServers() + " cannot be used: " + rootMessage(e), e);
        }
        try {
            new TopicSetup(admin, settings).run();
            KafkaEventBus bus = new KafkaEventBus(settings, admin, clock);
            bus.commands.start();
            return bus;
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    @Override
    public CompletionStage<Submission> submit(Command command) {
        return commands.submit(command);
    }

    @Override
    public void publish(List<Publication> list) {
        publications.publish(list);
    }

    @Override
    public void park(DeadLetter letter) {
        publications.park(letter);
    }

    /**
     * {@inheritDoc}
     *
     * @throws BusUnavailableException when this bus was closed
     */
    @Override
    public Subscription consume(CommandConsumer consumer) {
        return subscribe(() -> {
            GroupWorker worker = new GroupWorker(
                    settings,
                    new WorkGroup(
                            "commands",
                            Topic.COMMANDS,
                            ClientConfigs.commandConsumer(settings),
                            partition -> new CommandWork(partition, consumer),
                            null));
            worker.start();
            return worker;
        });
    }

    /**
     * {@inheritDoc}
     *
     * @throws BusUnavailableException when this bus was closed
     */
    @Override
    public Subscription listen(PublicationListener listener) {
        return subscribe(() -> {
            PublicationReader reader = new PublicationReader(settings, listener);
            reader.start();
            return reader;
        });
    }

    /** Notifications on the same cluster; closed with this bus. */
    public NotificationBus notifications() {
        return notifications;
    }

    /** What was parked on the same cluster. Usable until this bus is closed. */
    public DeadLetterLog deadLetters() {
        return deadLetters;
    }

    /** Where commands lie on the same cluster. */
    public CommandTrail trail() {
        return new KafkaCommandTrail(settings);
    }

    /** How far the workers on the same cluster are behind. Usable until this bus is closed. */
    public CommandBacklog backlog() {
        return backlog;
    }

    private Subscription subscribe(Supplier<Subscription> begin) {
        synchronized (subscriptions) {
            checkOpen();
            Subscription begun = begin.get();
            subscriptions.add(begun);
            return begun;
        }
    }

    @Override
    public void check() {
        synchronized (subscriptions) {
            checkOpen();
        }
        int millis = (int) CHECK.toMillis();
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis))
                    .nodes()
                    .get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusUnavailableException("Interrupted while Kafka had not answered", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new BusUnavailableException("Kafka at " + settings.bootstrapServers() + " does not answer", e);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new BusUnavailableException("The event bus was closed");
        }
    }

    @Override
    public void close() {
        List<Subscription> open;
        synchronized (subscriptions) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(subscriptions);
        }
        // Side by side, so that together they take no longer than the slowest; publications go last, because the
        // batches under way still publish.
        List<Thread> closing = new ArrayList<>();
        open.forEach(subscription -> closing.add(inBackground(subscription::close)));
        closing.add(inBackground(() -> commands.close(FOR_COMMANDS)));
        try {
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publications.close(FOR_THE_REST);
        admin.close(FOR_THE_REST);
    }

    private static Thread inBackground(Runnable work) {
        return Thread.ofPlatform().name("confab-bus-close").daemon().start(work);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
