package dev.confab.localstack;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The class path of this program, for child processes that run Java too.
 *
 * <p>Started with {@code java -jar}, the class path is one jar whose manifest names the others; so it is followed.
 */
final class JavaClassPath {

    private JavaClassPath() {}

    /** Every jar and folder, absolute, in order. */
    static List<Path> entries() {
        return entries(System.getProperty("java.class.path", ""));
    }

    static List<Path> entries(String classPath) {
        Set<Path> found = new LinkedHashSet<>();
        Deque<Path> left = new ArrayDeque<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            left.add(Path.of(entry).toAbsolutePath().normalize());
        }
        while (!left.isEmpty()) {
            Path next = left.poll();
            if (Files.exists(next) && found.add(next) && Files.isRegularFile(next)) {
                left.addAll(manifestEntries(next));
            }
        }
        return new ArrayList<>(found);
    }

    /** The argument file that gives a Java program this class path; it is too long for some command lines. */
    static String argument(Path argumentFile, List<Path> entries) throws IOException {
        String path = String.join(
                File.pathSeparator, entries.stream().map(Path::toString).toList());
        String quoted = path.replace("\\", "\\\\").replace("\"", "\\\"");
        Files.writeString(argumentFile, "-cp \"" + quoted + "\"\n");
        return "@" + argumentFile;
    }

    /** The {@code java} this program runs on. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<Path> manifestEntries(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String classPath =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            List<Path> entries = new ArrayList<>();
            if (classPath != null && !classPath.isBlank()) {
                for (String entry : classPath.strip().split("\\s+", -1)) {
                    URI uri = jar.toUri().resolve(entry);
                    if ("file".equals(uri.getScheme())) {
                        entries.add(Path.of(uri));
                    }
                }
            }
            return entries;
        } catch (IOException | IllegalArgumentException e) {
            return List.of(); // no jar, or a manifest nobody can follow
        }
    }
}
