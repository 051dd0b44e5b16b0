package dev.confab.bench.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    @TempDir
    private Path folder;

    private Path write(List<Operation> operations) throws IOException {
        Path file = folder.resolve("history.jsonl");
        try (HistoryWriter writer = HistoryWriter.begin(file, Clock.systemUTC(), "a \"test\"")) {
            operations.forEach(writer::write);
        }
        return file;
    }

    private static List<Operation> read(Path file) throws IOException {
        List<Operation> operations = new ArrayList<>();
        new HistoryFile(file).read((line, operation) -> {
            assertThat(line).isEqualTo(operations.size() + 2);
            operations.add(operation);
        });
        return operations;
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            List<Operation> operations = FaithfulRun.of(seed);

            assertThat(read(write(operations))).isEqualTo(operations);
        }
    }

    @Test
    void everyKindOfOperationSurvivesTheFile() throws IOException {
        Operation.At at = new Operation.At(1, 2, 3, 4);
        List<Operation> rare = List.of(
                new Operation.NotJoined(at, "room", "banned"),
                new Operation.Left(at, "room"),
                new Operation.Persisted(at, "room", "key", "id", 5),
                new Operation.Outcome(at, "room", "key", Operation.Status.UNKNOWN, null, 0, null),
                new Operation.Fault(new Operation.At(1, 2, Operation.At.NOBODY, 0), "kill -9 \"worker\"\n"),
                new Operation.Received(at, new Shown(Shown.What.NEW, "room", 6, "id", null, null, "SYSTEM", "점심")));

        assertThat(read(write(rare))).isEqualTo(rare);
    }

    @Test
    void nothingIsLostOfWhatManyThreadsWrite() throws Exception {
        Path file = folder.resolve("many.jsonl");
        int each = 50_000;
        try (HistoryWriter writer = HistoryWriter.begin(file, Clock.systemUTC(), "many");
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> work = IntStream.range(0, 4)
                    .<Callable<Void>>mapToObj(client -> () -> {
                        for (int i = 0; i < each; i++) {
                            writer.write(new Operation.Accepted(writer.now(client, 1), "key-" + i));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                Void unused = done.get();
            }
        }

        int[] next = new int[4];
        new HistoryFile(file).read((line, operation) -> {
            int client = operation.at().client();
            assertThat(((Operation.Accepted) operation).key()).isEqualTo("key-" + next[client]++);
        });
        assertThat(next).containsOnly(each);
    }

    @Test
    void aFileThatWasCutOffIsNoHistory() throws IOException {
        Path file = write(FaithfulRun.of(3));
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 1));

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void aLineThatIsMissingInTheMiddleIsMissed() throws IOException {
        Path file = write(FaithfulRun.of(4));
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(10);
        Files.write(file, lines);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessageContaining("the end says");
    }

    @Test
    void aLineThatIsNoOperationIsNamed() throws IOException {
        Path file = write(FaithfulRun.of(5));
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(6, "{\"t\":1,\"w\":1,\"k\":\"sneezed\"}");
        Files.write(file, lines);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(MalformedHistoryException.class)
                .hasMessage("line 7: there is no operation 'sneezed'");
    }

    @Test
    void whoWritesAfterTheEndIsTold() throws IOException {
        HistoryWriter writer = HistoryWriter.begin(folder.resolve("closed.jsonl"), Clock.systemUTC(), "closed");
        writer.close();

        assertThatThrownBy(() -> writer.write(new Operation.Accepted(writer.now(0, 1), "late")))
                .isInstanceOf(IllegalStateException.class);
    }
}
