package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @Test
    void aNewFolderIsForItsOwnerAlone(@TempDir Path temp) throws IOException {
        DataFolder folder = DataFolder.open(temp.resolve("a/b"), 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedInOneLine(@TempDir Path temp) throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatExceptionOfType(DataFolderUnusableException.class)
                .isThrownBy(() -> DataFolder.open(file.resolve("data"), 1))
                .withMessageContaining(file.toString())
                .withMessageNotContaining("\n");
        assertThatExceptionOfType(DataFolderUnusableException.class).isThrownBy(() -> DataFolder.open(file, 1));
    }

    @Test
    void tooLittleSpaceIsRefusedWithBothFigures(@TempDir Path temp) {
        assertThatExceptionOfType(DataFolderUnusableException.class)
                .isThrownBy(() -> DataFolder.open(temp, Long.MAX_VALUE))
                .withMessageMatching(".* has \\d+ MiB of free space; the servers need at least \\d+ MiB");
    }

    @Test
    void oneStackHoldsAFolderAtATime(@TempDir Path temp) {
        long self = ProcessHandle.current().pid();
        try (FolderLock held = FolderLock.acquire(temp)) {
            assertThat(held).isNotNull();
            assertThatExceptionOfType(DataFolderInUseException.class)
                    .isThrownBy(() -> FolderLock.acquire(temp))
                    .withMessageContaining("process " + self)
                    .satisfies(refused -> assertThat(refused.holder()).hasValue(self));
        }
        FolderLock.acquire(temp).close();
    }

    @Test
    void aTreeIsDeletedWithoutFollowingLinks(@TempDir Path temp) throws IOException {
        Path kept = Files.createFile(Files.createDirectory(temp.resolve("kept")).resolve("file"));
        Path tree = Files.createDirectories(temp.resolve("tree/deep"));
        Files.createSymbolicLink(tree.resolve("link"), kept.getParent());
        DataFolder.deleteTree(temp.resolve("tree"));
        assertThat(temp.resolve("tree")).doesNotExist();
        assertThat(kept).exists();
    }
}
