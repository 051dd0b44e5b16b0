package dev.confab.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class PlatformTest {

    @Test
    void namesOfTheJvmAreUnderstood() {
        assertThat(Platform.of("Linux", "amd64")).hasToString("linux-amd64");
        assertThat(Platform.of("Linux", "aarch64")).hasToString("linux-arm64");
        assertThat(Platform.of("Mac OS X", "x86_64")).hasToString("macos-amd64");
        assertThat(Platform.of("Mac OS X", "aarch64")).hasToString("macos-arm64");
    }

    @Test
    void aSystemWithoutServersIsRefusedByName() {
        assertThatExceptionOfType(UnsupportedPlatformException.class)
                .isThrownBy(() -> Platform.of("Windows 11", "amd64"))
                .withMessageContaining("Windows 11");
        assertThatExceptionOfType(UnsupportedPlatformException.class)
                .isThrownBy(() -> Platform.of("Linux", "riscv64"))
                .withMessageContaining("riscv64");
    }
}
