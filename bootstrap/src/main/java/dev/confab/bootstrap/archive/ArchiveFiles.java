package dev.confab.bootstrap.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.port.out.MessageArchive;
import dev.confab.netty.wire.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Keeps old parts of timelines as compressed JSON lines, in a folder for each room:
 * {@code <roomId>/<first seq>-<last seq>.jsonl.gz}, a line for each event as {@code /events} shows it. A file has its name
 * only once it is whole and on the disk. The same part written again takes the place of the first. Safe on any thread.
 */
public final class ArchiveFiles implements MessageArchive {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path folder;

    /** @param folder is made when it is missing */
    public ArchiveFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public void keep(RoomId roomId, List<ChatEvent.Timeline> events) {
        String name = events.getFirst().seq() + "-" + events.getLast().seq() + ".jsonl.gz";
        try {
            Path room = Files.createDirectories(folder.resolve(roomId.toString()));
            Path unfinished = room.resolve(name + ".part");
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                GZIPOutputStream out = new GZIPOutputStream(Channels.newOutputStream(channel));
                write(out, events);
                out.finish();
                channel.force(true);
            }
            Path unused = Files.move(
                    unfinished,
                    room.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            flush(room);
            flush(folder);
        } catch (IOException fault) {
            throw new UncheckedIOException("Cannot keep " + name + " of room " + roomId + " in " + folder, fault);
        }
    }

    private static void write(OutputStream out, List<ChatEvent.Timeline> events) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            for (ChatEvent.Timeline event : events) {
                EventJson.timelineItem(json, event);
            }
            json.writeRaw('\n');
        }
    }

    /** A name in a folder is safe only once the folder itself is on the disk. */
    private static void flush(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
