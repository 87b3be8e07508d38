package dev.neap.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeapLogTest {

    private static final String END = "[1.2s][info][gc,heap,exit]  ";

    @Test
    void peakIsTheMostThatWasInUseBeforeACollection() {
        assertThat(HeapLog.peak(List.of(
                "[0.2s][info][gc] GC(0) Pause Young (Allocation Failure) 68M->5M(247M) 4.123ms",
                "[0.9s][info][gc] GC(1) Pause Young (Allocation Failure) 73M->6M(247M) 3.001ms",
                END + "DefNew     total 78656K, used 4096K [0x00000000f0000000, 0x00000000f5550000)",
                END + "Tenured    total 174784K, used 6144K [0x00000000f5550000, 0x0000000100000000)",
                END + "Metaspace  used 40960K, committed 41000K, reserved 1114112K"))).contains(73L << 20);
    }

    @Test
    void whatIsInUseAtTheEndCountsWhereNothingWasCollected() {
        assertThat(HeapLog.peak(List.of(
                END + "DefNew     total 78656K, used 4096K [0x00000000f0000000, 0x00000000f5550000)",
                END + "Tenured    total 174784K, used 1024K [0x00000000f5550000, 0x0000000100000000)")))
                .contains(5L << 20);
    }

    @Test
    void saysNothingIfTheLogDoesNot() {
        assertThat(HeapLog.peak(List.of())).isEmpty();
    }
}
