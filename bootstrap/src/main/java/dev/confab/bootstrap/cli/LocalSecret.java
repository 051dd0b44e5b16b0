package dev.confab.bootstrap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The secret of a chat that runs on this machine alone: made at random, kept in its data folder, for its owner's eyes. */
final class LocalSecret {

    private static final int BYTES = 32;

    private LocalSecret() {}

    static String random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /** The configured secret, else the one in the folder, which is made when there is none. */
    static String of(Path folder, @Nullable String configured) throws IOException {
        if (configured != null && !configured.isBlank()) {
            return configured;
        }
        Path file = folder.resolve("jwt-secret");
        if (!Files.exists(file)) {
            // Written aside and moved, so that a crash leaves no half of a secret.
            Path draft = folder.resolve("jwt-secret.new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, random(), StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(draft, file);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).trim();
    }
}
