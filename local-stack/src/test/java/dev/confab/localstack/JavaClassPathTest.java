package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaClassPathTest {

    @Test
    void jarsNamedByAManifestBelongToTheClassPath(@TempDir Path folder) throws IOException {
        Path library = jar(folder.resolve("lib/with space.jar"), "");
        Path program =
                jar(folder.resolve("program.jar"), "lib/with%20space.jar lib/missing.jar http://elsewhere/x.jar");
        assertThat(JavaClassPath.entries(program.toString())).containsExactly(program, library);
    }

    @Test
    void entriesThatAreNoJarsStay(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no jar");
        assertThat(JavaClassPath.entries(text + ":" + folder + ":" + folder.resolve("gone")))
                .containsExactly(text, folder);
    }

    private static Path jar(Path path, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Files.createDirectories(path.getParent());
        try (OutputStream out = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return path;
    }
}
