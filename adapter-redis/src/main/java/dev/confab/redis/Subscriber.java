package dev.confab.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The one connection that listens to channels, on a thread of its own. It is made anew for as long as it takes, at most a
 * second after Redis came back, and then hears all channels again. Safe on any thread.
 */
final class Subscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private static final int MOST_CHANNELS_AT_ONCE = 500;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final RedisConnections connections;
    private final String firstChannel;
    private final BiConsumer<String, String> onMessage;
    private final Runnable onConnected;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Listening current;

    /**
     * @param firstChannel is heard from the beginning and always
     * @param onMessage channel and message; on the subscriber's thread
     * @param onConnected runs each time the first channel is heard anew; on the subscriber's thread
     */
    Subscriber(
            RedisConnections connections,
            String firstChannel,
            BiConsumer<String, String> onMessage,
            Runnable onConnected) {
        this.connections = connections;
        this.firstChannel = firstChannel;
        this.onMessage = onMessage;
        this.onConnected = onConnected;
        this.thread = Thread.ofPlatform().daemon().name("confab-redis-hear").unstarted(this::listen);
    }

    void start() {
        thread.start();
    }

    void subscribe(Collection<String> channels) {
        wanted.addAll(channels);
        changed(channels);
    }

    void unsubscribe(Collection<String> channels) {
        wanted.removeAll(Set.copyOf(channels));
        changed(channels);
    }

    private void changed(Collection<String> channels) {
        Listening listening = current;
        if (listening != null) {
            listening.adjust(channels);
        }
    }

    /** Asks the listening connection for a word, so that a lost one is noticed. */
    void ping() {
        Listening listening = current;
        if (listening != null) {
            listening.pingQuietly();
        }
    }

    private void listen() {
        Duration pause = FIRST_PAUSE;
        while (closing.getCount() > 0) {
            Listening listening = new Listening();
            // Set before it reads what is wanted: a change made in between is seen by one side or the other.
            current = listening;
            try (Connection connection = connections.openForListening()) {
                listening.connection = connection;
                listening.proceed(connection, firstChannel);
            } catch (JedisException e) {
                LOG.debug("Stopped listening", e);
            } catch (RuntimeException e) {
                // Nobody would start this thread again.
                LOG.error("Stopped listening", e);
            } finally {
                current = null;
            }
            if (closing.getCount() > 0) {
                pause = listening.ready ? FIRST_PAUSE : longer(pause);
                pause(pause);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void pause(Duration time) {
        try {
            boolean unused = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        Listening listening = current;
        if (listening != null) {
            listening.end();
        }
        try {
            thread.join(LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One life of the connection. */
    private final class Listening extends JedisPubSub {
        private final Set<String> asked = new HashSet<>();
        volatile @Nullable Connection connection;
        volatile boolean ready;

        @Override
        public void onSubscribe(String channel, int subscribedChannels) {
            if (!ready && channel.equals(firstChannel)) {
                synchronized (this) {
                    ready = true;
                    send(wanted, List.of());
                }
                onConnected.run();
            }
        }

        @Override
        public void onMessage(String channel, String message) {
            onMessage.accept(channel, message);
        }

        synchronized void adjust(Collection<String> channels) {
            if (!ready) {
                return;
            }
            List<String> more = new ArrayList<>();
            List<String> less = new ArrayList<>();
            for (String channel : channels) {
                boolean isWanted = wanted.contains(channel);
                if (isWanted && !asked.contains(channel)) {
                    more.add(channel);
                } else if (!isWanted && asked.contains(channel)) {
                    less.add(channel);
                }
            }
            try {
                send(more, less);
            } catch (JedisException e) {
                LOG.debug("The connection is lost; the next one hears what is wanted", e);
            }
        }

        private void send(Collection<String> more, Collection<String> less) {
            for (List<String> some : inParts(more)) {
                subscribe(some.toArray(String[]::new));
                asked.addAll(some);
            }
            for (List<String> some : inParts(less)) {
                unsubscribe(some.toArray(String[]::new));
                some.forEach(asked::remove);
            }
        }

        private static List<List<String>> inParts(Collection<String> channels) {
            List<String> all = List.copyOf(channels);
            List<List<String>> parts = new ArrayList<>();
            for (int i = 0; i < all.size(); i += MOST_CHANNELS_AT_ONCE) {
                parts.add(all.subList(i, Math.min(all.size(), i + MOST_CHANNELS_AT_ONCE)));
            }
            return parts;
        }

        synchronized void pingQuietly() {
            if (ready) {
                try {
                    ping();
                } catch (JedisException e) {
                    LOG.debug("The connection is lost", e);
                }
            }
        }

        void end() {
            Connection open = connection;
            if (open != null) {
                open.disconnect();
            }
        }
    }
}
