package dev.confab.bench.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writes a history to a file. Whoever has something to write hands it over; one thread writes. The queue in between is
 * bounded: when the disk does not keep up those who write wait, and how often they did is counted. Nothing is dropped; if
 * writing fails every further {@link #write} fails, and so does {@link #close()}.
 *
 * <p>The last line says how many operations there are, so that a file that was cut off is seen to be.
 *
 * <p>Safe on any thread.
 */
public final class HistoryWriter implements AutoCloseable {

    static final int VERSION = 1;
    private static final int QUEUE = 65_536;
    private static final int BATCH = 4_096;
    private static final int BUFFER = 1 << 18;

    private final BlockingQueue<Operation> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder waits = new LongAdder();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Clock clock;
    private final long begin = System.nanoTime();
    private final OutputStream out;
    private final JsonGenerator json;
    private final Thread thread;
    private volatile @Nullable IOException broken;
    private long written;

    private HistoryWriter(OutputStream out, JsonGenerator json, Clock clock) {
        this.out = out;
        this.json = json;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("history").unstarted(this::run);
    }

    /**
     * Begins a file; one that exists is replaced.
     *
     * @param command is written into its first line, for people
     */
    public static HistoryWriter begin(Path file, Clock clock, String command) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .setPrettyPrinter(new MinimalPrettyPrinter(""))
                .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        HistoryWriter writer = new HistoryWriter(out, json, clock);
        json.writeStartObject();
        json.writeStringField("k", "history");
        json.writeNumberField("version", VERSION);
        json.writeStringField("began", clock.instant().toString());
        json.writeStringField("command", command);
        json.writeEndObject();
        json.writeRaw('\n');
        writer.thread.start();
        return writer;
    }

    /** The stamp of what happens now. */
    public Operation.At now(int client, int connection) {
        return new Operation.At(System.nanoTime() - begin, clock.millis(), client, connection);
    }

    /**
     * Hands an operation over; waits where the queue is full. The order of one thread is kept.
     *
     * @throws IllegalStateException if writing failed, or after {@link #close()}
     */
    public void write(Operation operation) {
        if (closing.get()) {
            throw new IllegalStateException("the history is closed; an operation came after its end");
        }
        if (!queue.offer(operation)) {
            waits.increment();
            try {
                while (!queue.offer(operation, 100, TimeUnit.MILLISECONDS)) {
                    failIfBroken();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while an operation was not written yet", interrupted);
            }
        }
        failIfBroken();
    }

    /** How often somebody had to wait for the disk. */
    public long waits() {
        return waits.sum();
    }

    /** Writes what is left and ends the file. All who write must have stopped. */
    @Override
    public void close() throws IOException {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        IOException fault = broken;
        if (fault != null) {
            json.close();
            throw fault;
        }
        if (!queue.isEmpty()) {
            json.close();
            throw new IOException(queue.size() + " operations came while the history was closed");
        }
        json.writeStartObject();
        json.writeStringField("k", "end");
        json.writeNumberField("operations", written);
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
        out.close();
    }

    private void run() {
        OperationWriter writer = new OperationWriter(json);
        List<Operation> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                boolean last = closing.get();
                queue.drainTo(batch, BATCH);
                if (batch.isEmpty()) {
                    if (last) {
                        return;
                    }
                    Operation next = queue.poll(20, TimeUnit.MILLISECONDS);
                    if (next == null) {
                        continue;
                    }
                    batch.add(next);
                }
                for (Operation each : batch) {
                    writer.write(each);
                    written++;
                }
                batch.clear();
            }
        } catch (IOException fault) {
            broken = fault;
        } catch (InterruptedException nobodyInterruptsIt) {
            broken = new IOException("the writing thread was interrupted", nobodyInterruptsIt);
        }
    }

    private void failIfBroken() {
        IOException fault = broken;
        if (fault != null) {
            throw new IllegalStateException("the history cannot be written", fault);
        }
    }
}
