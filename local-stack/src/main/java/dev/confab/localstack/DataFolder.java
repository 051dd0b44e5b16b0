package dev.confab.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Where everything of one stack lies. */
final class DataFolder {

    /** PostgreSQL stops working when its disk is full; this leaves room for its log segments and Kafka's. */
    static final long LEAST_SPACE_BYTES = 512L << 20;

    static final String LOCK = "stack.lock";

    private static final long LOG_LIMIT_BYTES = 8L << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /**
     * Makes the folder where it is missing and checks that it can hold a stack.
     *
     * @throws DataFolderUnusableException if it cannot
     */
    static DataFolder open(Path path, long leastSpaceBytes) {
        Path root = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(root)) {
                Path parent = root.getParent();
                Files.createDirectories(parent == null ? root : parent);
                Files.createDirectory(root, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
            }
            root = root.toRealPath();
            for (String part : new String[] {"logs", "run"}) {
                Files.createDirectories(root.resolve(part));
            }
            Path probe = Files.createTempFile(root, "write", ".check");
            UserPrincipal here = Files.getOwner(probe);
            Files.delete(probe);
            checkOwner(root, here);
        } catch (IOException e) {
            throw new DataFolderUnusableException("the data folder " + root + " cannot be written: " + reason(e), e);
        }
        try {
            long usable = Files.getFileStore(root).getUsableSpace();
            if (usable < leastSpaceBytes) {
                throw new DataFolderUnusableException("the data folder " + root + " has " + (usable >> 20)
                        + " MiB of free space; the servers need at least " + (leastSpaceBytes >> 20) + " MiB");
            }
        } catch (IOException e) {
            throw new DataFolderUnusableException("the free space of " + root + " cannot be read: " + reason(e), e);
        }
        return new DataFolder(root);
    }

    /** Root could write to another's folder, and would leave files there that the other cannot read. */
    private static void checkOwner(Path root, UserPrincipal here) throws IOException {
        Path lock = root.resolve(LOCK);
        if (Files.exists(lock) && !Files.getOwner(lock).equals(here)) {
            throw new DataFolderUnusableException("the data folder " + root + " belongs to user "
                    + Files.getOwner(lock).getName() + ", this is user " + here.getName() + "; run as its owner");
        }
    }

    Path root() {
        return root;
    }

    /** The folder of a server's data; the server makes it. */
    Path of(ServerName server) {
        return root.resolve(server.fileName());
    }

    Path log(ServerName server) {
        return root.resolve("logs").resolve(server.fileName() + ".log");
    }

    /** A file that is written at each start. */
    Path run(String fileName) {
        return root.resolve("run").resolve(fileName);
    }

    PidFile pidFile(ServerName server) {
        return new PidFile(run(server.fileName() + ".pid"));
    }

    /** Puts a log that has grown large aside, keeping one older one. */
    void rollLog(ServerName server) throws IOException {
        Path log = log(server);
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Path older = log.resolveSibling(log.getFileName() + ".1");
            Files.deleteIfExists(older);
            Files.move(log, older);
        }
    }

    /** Writes a file that only its owner may read, from its first byte on. */
    static void writePrivately(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(file, content);
    }

    /** Deletes a folder and all in it; a missing one is no error. */
    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return e.getMessage() == null ? name : name + " " + e.getMessage();
    }
}
