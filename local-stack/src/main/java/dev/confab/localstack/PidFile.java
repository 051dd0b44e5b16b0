package dev.confab.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Remembers a process across the end of this program, so that the next one can end it. */
record PidFile(Path path) {

    void write(ProcessIdentity identity) {
        try {
            Path next = path.resolveSibling(path.getFileName() + ".new");
            Files.writeString(next, identity.encoded() + "\n");
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it is the very one and alive. */
    Optional<ServerProcess> living() {
        try {
            return ProcessIdentity.decode(Files.readString(path))
                    .filter(ProcessIdentity::isAlive)
                    .map(ServerProcess::new);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
