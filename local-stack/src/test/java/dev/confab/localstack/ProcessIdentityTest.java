package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {

    @Test
    void thisProcessIsAliveAndSurvivesItsOwnEncoding() {
        ProcessIdentity self = ProcessIdentity.current();
        assertThat(self.isAlive()).isTrue();
        assertThat(ProcessIdentity.decode(self.encoded())).contains(self);
    }

    @Test
    void anotherProcessWithTheSamePidIsNotTheOneRemembered(@TempDir Path folder) throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        ProcessIdentity earlier = new ProcessIdentity(self.pid(), self.started() + "0");
        assertThat(earlier.isAlive()).isFalse();

        PidFile file = new PidFile(folder.resolve("server.pid"));
        file.write(earlier);
        assertThat(file.living()).isEmpty();
        file.write(self);
        assertThat(file.living()).contains(new ServerProcess(self));
    }

    @Test
    void aChildIsAliveUntilItIsKilled() throws Exception {
        Process child = new ProcessBuilder("/bin/sh", "-c", "read -r forever").start();
        ProcessIdentity identity = ProcessIdentity.of(child.pid()).orElseThrow();
        assertThat(identity.isAlive()).isTrue();
        new ServerProcess(identity).kill();
        assertThat(identity.isAlive()).isFalse();
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aDamagedPidFileNamesNobody(@TempDir Path folder) throws IOException {
        for (String content : new String[] {"", "12", "x y", "12 at:soon", "\n"}) {
            Path file = folder.resolve("server.pid");
            Files.writeString(file, content);
            assertThat(new PidFile(file).living()).as(content).isEmpty();
        }
        assertThat(new PidFile(folder.resolve("missing")).living()).isEmpty();
    }
}
