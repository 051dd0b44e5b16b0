package dev.confab.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UuidTextTest {

    @Property
    void writesTheCanonicalFormAndReadsItBack(@ForAll long high, @ForAll long low) {
        UUID uuid = new UUID(high, low);
        byte[] text = UuidText.toBytes(uuid);
        assertThat(new String(text, UTF_8)).isEqualTo(uuid.toString());
        assertThat(UuidText.read(text)).isEqualTo(uuid);
        assertThat(UuidText.read(
                        uuid.toString().toUpperCase(java.util.Locale.ROOT).getBytes(UTF_8)))
                .isEqualTo(uuid);
    }

    @Property
    void readsNothingElse(@ForAll byte[] bytes) {
        assertThat(UuidText.read(bytes)).isNull();
    }

    @Test
    void refusesWhatOnlyLooksLikeOne() {
        assertThat(UuidText.read(null)).isNull();
        assertThat(UuidText.read("1-1-1-1-1".getBytes(UTF_8))).isNull();
        assertThat(UuidText.read("00000000+0000-0000-0000-000000000000".getBytes(UTF_8)))
                .isNull();
        assertThat(UuidText.read("0000000g-0000-0000-0000-000000000000".getBytes(UTF_8)))
                .isNull();
    }
}
