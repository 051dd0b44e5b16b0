package dev.confab.bench.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A history in a file, as {@link HistoryWriter} wrote it. */
public final class HistoryFile implements HistorySource {

    private final Path file;

    /** Opens nothing yet. */
    public HistoryFile(Path file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @throws MalformedHistoryException if a line is no operation, or the end is missing
     */
    @Override
    public void read(Reader reader) throws IOException {
        OperationReader operations = new OperationReader();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 1;
            String line = lines.readLine();
            if (line == null) {
                throw new MalformedHistoryException(number, "the file is empty");
            }
            first(operations.raw(number, line));
            for (line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.startsWith("{\"k\":\"end\"")) {
                    last(number, operations.raw(number, line));
                    if (lines.readLine() != null) {
                        throw new MalformedHistoryException(number + 1, "something follows the end");
                    }
                    return;
                }
                reader.take(number, operations.read(number, line));
            }
            throw new MalformedHistoryException(number, "the end is missing: the file was cut off");
        }
    }

    private static void first(Map<String, Object> fields) throws MalformedHistoryException {
        if (!"history".equals(fields.get("k"))) {
            throw new MalformedHistoryException(1, "this is no history");
        }
        if (!(fields.get("version") instanceof Long version) || version != HistoryWriter.VERSION) {
            throw new MalformedHistoryException(
                    1, "version " + fields.get("version") + " is not known, only " + HistoryWriter.VERSION);
        }
    }

    private static void last(long number, Map<String, Object> fields) throws MalformedHistoryException {
        long expected = number - 2;
        if (!(fields.get("operations") instanceof Long count) || count != expected) {
            throw new MalformedHistoryException(
                    number, "there are " + expected + " operations, the end says " + fields.get("operations"));
        }
    }
}
