package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeTest {

    @Test
    void readsAsAPersonWouldSayIt() {
        assertThat(Size.of(0)).isEqualTo("0 B");
        assertThat(Size.of(8_192)).isEqualTo("8 kB");
        assertThat(Size.of(5_000_000)).isEqualTo("4.8 MB");
        assertThat(Size.of(281_018_368)).isEqualTo("268 MB");
        assertThat(Size.of(5_000_000_000L)).isEqualTo("4.7 GB");
    }
}
