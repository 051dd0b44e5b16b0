package dev.confab.bootstrap.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The secrets of a chat that runs on this machine alone: made at random, kept in its data folder, for its owner's eyes. */
final class LocalSecret {

    /** Signs access tokens. */
    static final String TOKENS = "jwt-secret";

    /** Signs notifications. */
    static final String WEBHOOK = "webhook-secret";

    private static final int BYTES = 32;

    private LocalSecret() {}

    static String random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /**
     * The configured secret, else the one in the folder, which is made when there is none.
     *
     * @param name of the file
     */
    static String of(Path folder, String name, @Nullable String configured) throws IOException {
        if (configured != null && !configured.isBlank()) {
            return configured;
        }
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            // Written aside and moved, so that a crash leaves no half of a secret.
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, asOwners("rwx------"));
            }
            Path draft = folder.resolve(name + ".new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, asOwners("rw-------"));
            Files.writeString(draft, random(), StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(draft, file);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).trim();
    }

    private static FileAttribute<?> asOwners(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
