package dev.neap.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeapTest {

    @Test
    void saysItsName() {
        assertThat(Neap.class.getSimpleName()).isEqualTo("Neap");
    }
}
