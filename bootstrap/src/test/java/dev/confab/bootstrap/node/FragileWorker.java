package dev.confab.bootstrap.node;

import dev.confab.bootstrap.config.ConfigReader;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Publication;
import dev.confab.chat.port.out.CommandBatch;
import dev.confab.chat.port.out.CommandPartition;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.Subscription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker process that dies, as by kill -9, at one point of the path of a message. Arguments: the point, and how many
 * messages pass it before.
 */
public final class FragileWorker {

    private final Point point;
    private final AtomicInteger left;

    private FragileWorker(Point point, int left) {
        this.point = point;
        this.left = new AtomicInteger(left);
    }

    /** Where it dies. */
    public enum Point {
        /** Read from the log, nothing stored. */
        BEFORE_STORE,
        /** Stored, and nobody told. */
        AFTER_STORE,
        /** Told, and the position not committed. */
        AFTER_PUBLISH
    }

    /** Starts it. */
    public static void main(String[] args) throws Exception {
        FragileWorker fragile = new FragileWorker(Point.valueOf(args[0]), Integer.parseInt(args[1]));
        ConfigReader reader = new ConfigReader(
                System.getenv(), "fragile-worker-" + ProcessHandle.current().pid());
        ChatNode.start(
                reader.read(Map.of("CONFAB_ROLES", "worker")),
                Clock.systemUTC(),
                new ChatNode.WorkerPorts(bus -> fragile.new Bus(bus), fragile::log));
        System.out.println("The fragile worker is ready");
    }

    private void pass(Point here, int messages) {
        if (here == point && left.addAndGet(-messages) < 0) {
            // No shutdown hook, no flush, no goodbye: what kill -9 leaves behind.
            Runtime.getRuntime().halt(137);
        }
    }

    private MessageLog log(MessageLog log) {
        return (MessageLog) Proxy.newProxyInstance(
                MessageLog.class.getClassLoader(), new Class<?>[] {MessageLog.class}, (proxy, method, arguments) -> {
                    boolean store = method.getName().equals("store");
                    int messages =
                            store ? ((CommandBatch) arguments[0]).entries().size() : 0;
                    if (store) {
                        pass(Point.BEFORE_STORE, messages);
                    }
                    Object result;
                    try {
                        result = method.invoke(log, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    if (store) {
                        pass(Point.AFTER_STORE, messages);
                    }
                    return result;
                });
    }

    private final class Bus implements EventBus {
        private final EventBus bus;

        Bus(EventBus bus) {
            this.bus = bus;
        }

        @Override
        public CompletionStage<Submission> submit(Command command) {
            return bus.submit(command);
        }

        @Override
        public void publish(List<Publication> publications) {
            bus.publish(publications);
        }

        @Override
        public void park(DeadLetter letter) {
            bus.park(letter);
        }

        @Override
        public Subscription consume(CommandConsumer consumer) {
            return bus.consume(new CommandConsumer() {
                @Override
                public long startAt(CommandPartition partition, OptionalLong committed) {
                    return consumer.startAt(partition, committed);
                }

                @Override
                public long handle(CommandBatch batch) {
                    long next = consumer.handle(batch);
                    pass(Point.AFTER_PUBLISH, batch.entries().size());
                    return next;
                }
            });
        }

        @Override
        public Subscription listen(PublicationListener listener) {
            return bus.listen(listener);
        }

        @Override
        public void check() {
            bus.check();
        }

        @Override
        public void close() {
            bus.close();
        }
    }
}
