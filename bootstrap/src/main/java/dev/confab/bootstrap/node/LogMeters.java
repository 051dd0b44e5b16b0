package dev.confab.bootstrap.node;

import dev.confab.chat.Chat;
import dev.confab.chat.model.LetterCause;
import dev.confab.chat.port.in.HandleDeadLetters;
import dev.confab.chat.port.out.BusUnavailableException;
import dev.confab.chat.port.out.CommandBacklog;
import dev.confab.chat.port.out.DeadLetter;
import dev.confab.chat.port.out.StoreUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a worker or notifier says of the logs: what it parked, what is parked and open, and how far workers are behind. */
final class LogMeters implements AutoCloseable {

    private static final long MEASURED_EVERY_SECONDS = 10;

    private final HandleDeadLetters letters;
    private final CommandBacklog backlog;
    private final Map<LetterCause, Counter> parked = new EnumMap<>(LetterCause.class);
    private final ScheduledExecutorService measuring = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("confab-log-meters").factory());
    private volatile double open = Double.NaN;
    private volatile double waiting = Double.NaN;
    private volatile double oldestSeconds = Double.NaN;

    private LogMeters(Backends backends, MeterRegistry meters, Clock clock) {
        this.letters = Chat.handleDeadLetters(backends.deadLetters(), backends.deadLetterStates(), clock);
        this.backlog = backends.backlog();
        for (LetterCause cause : LetterCause.values()) {
            parked.put(
                    cause,
                    Counter.builder("confab.dead.letters")
                            .description("Records that this process parked")
                            .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
        Gauge.builder("confab.dead.letters.open", () -> open)
                .description("Dead letters that were neither replayed nor discarded, whoever parked them")
                .register(meters);
        Gauge.builder("confab.commands.waiting", () -> waiting)
                .description("Accepted commands that no worker has finished")
                .register(meters);
        Gauge.builder("confab.commands.oldest", () -> oldestSeconds)
                .description("How long ago the oldest of them was accepted")
                .baseUnit("seconds")
                .register(meters);
        backends.deadLetters().onParked(this::count);
        var unused = measuring.scheduleWithFixedDelay(this::measure, 0, MEASURED_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    static LogMeters start(Backends backends, MeterRegistry meters, Clock clock) {
        return new LogMeters(backends, meters, clock);
    }

    private void count(DeadLetter letter) {
        Counter counter = parked.get(letter.cause());
        if (counter != null) {
            counter.increment();
        }
    }

    /** What cannot be asked is not known: a gauge that stood still would look like all is well. */
    private void measure() {
        try {
            open = letters.countOpen();
        } catch (StoreUnavailableException | BusUnavailableException away) {
            open = Double.NaN;
        }
        try {
            CommandBacklog.Waiting now = backlog.measure();
            waiting = now.commands();
            oldestSeconds = now.oldest().toMillis() / 1_000.0;
        } catch (BusUnavailableException away) {
            waiting = Double.NaN;
            oldestSeconds = Double.NaN;
        }
    }

    @Override
    public void close() throws InterruptedException {
        measuring.shutdownNow();
        boolean unused = measuring.awaitTermination(1, TimeUnit.SECONDS);
    }
}
