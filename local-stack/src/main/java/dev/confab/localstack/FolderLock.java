package dev.confab.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One stack at a time per data folder.
 *
 * <p>The lock is the operating system's, so it ends with its holder however that dies, and it holds between containers
 * that share the folder. The holder's pid stands in a second file: closing any other descriptor of the locked file would
 * give the lock up.
 */
final class FolderLock implements AutoCloseable {

    /** Folders locked by this process. POSIX locks do not exclude their own process. */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel channel;

    private FolderLock(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    static FolderLock acquire(Path root) {
        if (!HERE.add(root)) {
            throw new DataFolderInUseException(
                    root, OptionalLong.of(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    root.resolve(DataFolder.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new DataFolderInUseException(root, holder(root));
            }
            Files.writeString(holderFile(root), ProcessHandle.current().pid() + "\n");
            return new FolderLock(root, channel);
        } catch (IOException e) {
            giveUp(root, channel);
            throw new DataFolderUnusableException(
                    "the data folder " + root + " cannot be locked: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            giveUp(root, channel);
            throw e;
        }
    }

    private static Path holderFile(Path root) {
        return root.resolve("stack.holder");
    }

    private static OptionalLong holder(Path root) {
        try {
            return OptionalLong.of(
                    Long.parseLong(Files.readString(holderFile(root)).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static void giveUp(Path root, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new LocalStackException("cannot close the lock of " + root + ": " + e.getMessage(), e);
        } finally {
            HERE.remove(root);
        }
    }

    @Override
    public void close() {
        giveUp(root, channel);
    }
}
