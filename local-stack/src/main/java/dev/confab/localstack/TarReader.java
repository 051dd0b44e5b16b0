package dev.confab.localstack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a tar archive (POSIX.1-1988 ustar, with the long names of GNU tar): directories, files, symbolic links and hard
 * links, which is what the archives of the servers hold.
 */
final class TarReader {

    private static final int BLOCK = 512;

    private final InputStream in;
    private final Path target;

    private TarReader(InputStream in, Path target) {
        this.in = in;
        this.target = target;
    }

    /**
     * Unpacks all of it below the target.
     *
     * @throws IOException if the archive is damaged, or an entry would lie outside of the target
     */
    static void unpack(InputStream in, Path target) throws IOException {
        new TarReader(in, target).unpack();
    }

    private void unpack() throws IOException {
        @Nullable String longName = null;
        @Nullable String longLink = null;
        byte[] header = new byte[BLOCK];
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            long size = octal(header, 124, 12);
            char type = (char) header[156];
            if (type == 'L') {
                longName = text(content(size), 0, (int) size);
                continue;
            }
            if (type == 'K') {
                longLink = text(content(size), 0, (int) size);
                continue;
            }
            Path path = inside(longName != null ? longName : name(header));
            String link = longLink != null ? longLink : text(header, 157, 100);
            longName = null;
            longLink = null;
            switch (type) {
                case '5' -> Files.createDirectories(path);
                case '2' -> {
                    parent(path);
                    Files.createSymbolicLink(path, Path.of(link));
                }
                case '1' -> {
                    parent(path);
                    Files.createLink(path, inside(link));
                }
                case '0', '\0' -> {
                    parent(path);
                    Files.write(path, content(size));
                    boolean executable = (octal(header, 100, 8) & 0100) != 0;
                    Files.setPosixFilePermissions(path, permissions(executable));
                }
                default -> throw new IOException("the archive has an entry of type " + type + ": " + path);
            }
        }
    }

    private byte[] content(long size) throws IOException {
        byte[] content = in.readNBytes(Math.toIntExact(size));
        if (content.length < size) {
            throw new EOFException("the archive ends in the middle of a file");
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return content;
    }

    private static void parent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private Path inside(String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive has an entry outside of its folder: " + name);
        }
        return path;
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        String prefix = text(header, 345, 155);
        boolean ustar = text(header, 257, 6).startsWith("ustar") && header[262] == 0;
        return ustar && !prefix.isEmpty() ? prefix + "/" + name : name;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        String digits = text(header, from, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("the archive is damaged: " + digits + " is no number", e);
        }
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            permissions.addAll(EnumSet.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return permissions;
    }
}
