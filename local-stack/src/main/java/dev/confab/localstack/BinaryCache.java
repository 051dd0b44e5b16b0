package dev.confab.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs unpacked once per version and user, and used by every stack of that user.
 *
 * <p>Each entry carries a list of its files with their sizes. An entry that no longer fits its list (a power cut while it
 * was written, a clean-up of old files) is unpacked again.
 */
final class BinaryCache {

    private static final String LIST = ".files";

    private final Path folder;

    private BinaryCache(Path folder) {
        this.folder = folder;
    }

    /** Uses the first of the folders that can be written. */
    static BinaryCache in(List<Path> candidates) {
        for (Path candidate : candidates) {
            Path folder = candidate.toAbsolutePath();
            if (isWritable(folder)) {
                return new BinaryCache(folder);
            }
        }
        throw new DataFolderUnusableException("none of " + candidates + " can be written");
    }

    private static boolean isWritable(Path folder) {
        try {
            return Files.isWritable(Files.createDirectories(folder));
        } catch (IOException e) {
            return false;
        }
    }

    /** Puts the content of an entry into an empty folder. */
    @FunctionalInterface
    interface Content {
        void unpackInto(Path folder) throws IOException;
    }

    /**
     * The folder of an entry, unpacked before if needed.
     *
     * @param entry its name with version and platform
     * @param unpacking is run before the content is unpacked
     */
    Path get(String entry, Content content, Runnable unpacking) throws IOException {
        Path home = folder.resolve(entry);
        if (isWhole(home)) {
            return home;
        }
        synchronized (BinaryCache.class) { // file locks do not exclude threads of the same process
            try (FileChannel lock = FileChannel.open(
                    folder.resolve(entry + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                var unused = lock.lock(); // given up with the channel
                if (isWhole(home)) {
                    return home;
                }
                unpacking.run();
                Path next = folder.resolve(entry + ".new");
                DataFolder.deleteTree(next);
                Files.createDirectories(next);
                content.unpackInto(next);
                Files.write(next.resolve(LIST), list(next));
                DataFolder.deleteTree(home);
                Files.move(next, home, StandardCopyOption.ATOMIC_MOVE);
                return home;
            }
        }
    }

    private static boolean isWhole(Path home) throws IOException {
        Path list = home.resolve(LIST);
        return Files.isRegularFile(list) && Files.readAllLines(list).equals(list(home));
    }

    private static List<String> list(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.endsWith(LIST))
                    .map(file -> home.relativize(file) + " " + size(file))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of(); // somebody deletes it while we look
        }
    }

    private static long size(Path file) {
        // A link's size is that of its target's name.
        return Files.isSymbolicLink(file) ? -1 : file.toFile().length();
    }

    /** A resource of the class path. */
    static InputStream resource(String name) throws IOException {
        InputStream in = BinaryCache.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new UnsupportedPlatformException(
                    "this build does not carry " + name + "; build on the platform where it shall run");
        }
        return in;
    }
}
