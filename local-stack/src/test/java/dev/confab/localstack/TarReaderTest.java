package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarReaderTest {

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    @Test
    void filesFoldersAndLinksAreUnpacked(@TempDir Path folder) throws IOException {
        String longName = "share/" + "n".repeat(120);
        entry('5', "bin/", "0000755", "", "");
        entry('0', "bin/run", "0000755", "", "#!");
        entry('0', "bin/text", "0000644", "", "t".repeat(513));
        entry('2', "bin/soft", "0000777", "run", "");
        entry('1', "hard", "0000755", "bin/run", "");
        entry('L', "././@LongLink", "0000644", "", longName + "\0");
        entry('0', "share/cut", "0000644", "", "long");
        TarReader.unpack(end(), folder);

        assertThat(folder.resolve("bin/run")).hasContent("#!").isExecutable();
        assertThat(folder.resolve("bin/text")).hasSize(513);
        assertThat(Files.isExecutable(folder.resolve("bin/text"))).isFalse();
        assertThat(Files.readSymbolicLink(folder.resolve("bin/soft"))).isEqualTo(Path.of("run"));
        assertThat(folder.resolve("hard")).hasContent("#!");
        assertThat(folder.resolve(longName)).hasContent("long");
    }

    @Test
    void nothingIsWrittenOutsideOfTheFolder(@TempDir Path folder) throws IOException {
        entry('0', "../evil", "0000644", "", "x");
        Path target = Files.createDirectory(folder.resolve("target"));
        assertThatIOException().isThrownBy(() -> TarReader.unpack(end(), target));
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void anArchiveThatWasCutOffIsRefused(@TempDir Path folder) throws IOException {
        entry('0', "file", "0000644", "", "x".repeat(2000));
        byte[] cut = java.util.Arrays.copyOf(archive.toByteArray(), 1500);
        assertThatIOException().isThrownBy(() -> TarReader.unpack(new ByteArrayInputStream(cut), folder));
    }

    private ByteArrayInputStream end() {
        archive.writeBytes(new byte[1024]);
        return new ByteArrayInputStream(archive.toByteArray());
    }

    private void entry(char type, String name, String mode, String link, String content) {
        byte[] header = new byte[512];
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        put(header, 0, name);
        put(header, 100, mode);
        put(header, 124, "%011o".formatted(body.length));
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar");
        archive.writeBytes(header);
        archive.writeBytes(body);
        archive.writeBytes(new byte[(512 - body.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
