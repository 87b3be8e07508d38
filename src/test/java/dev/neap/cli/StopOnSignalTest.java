package dev.neap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopOnSignalTest {

    private final List<Object> happened = new ArrayList<>();
    private final StopOnSignal signals = new StopOnSignal(() -> happened.add("stop"), happened::add, line -> {});

    @Test
    void asksTheWorkToEndOnTheFirstSignal() {
        signals.signal();
        signals.close();
        assertThat(happened).containsExactly("stop");
    }

    @Test
    void endsAtOnceOnTheSecond() {
        signals.signal();
        signals.signal();
        signals.close();
        assertThat(happened).containsExactly("stop", 130);
    }

    @Test
    void endsAtOnceWhenTheWorkIsOver() {
        signals.close();
        signals.signal();
        assertThat(happened).containsExactly(130);
    }
}
