package dev.neap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final SettableClock clock = new SettableClock();

    @Test
    void printsALineNowAndThenWhereThereIsNoScreen() {
        ProgressPrinter printer = new PlainLines(Terminal.plain(err, err), clock);
        printer.event("01-add-column: done");
        printer.progress(ProgressTextTest.progress(1, 10, Optional.empty()));
        printer.tick();
        clock.advance(Duration.ofSeconds(9));
        printer.tick();
        clock.advance(Duration.ofSeconds(1));
        printer.tick();
        printer.close();
        assertThat(printed().lines())
                .hasSize(3)
                .first()
                .isEqualTo("2026-01-01T00:00:00Z 01-add-column: done");
        assertThat(printed()).doesNotContain("\u001b");
    }

    @Test
    void saysAtOnceThatItWaitsNow() {
        ProgressPrinter printer = new PlainLines(Terminal.plain(err, err), clock);
        printer.progress(ProgressTextTest.progress(1, 10, Optional.empty()));
        printer.tick();
        clock.advance(Duration.ofSeconds(1));
        printer.progress(ProgressTextTest.progress(1, 10, Optional.of("a standby is behind")));
        printer.tick();
        printer.tick();
        assertThat(printed().lines()).hasSize(2);
        assertThat(printed()).contains("waits: a standby is behind");
    }

    @Test
    void drawsOverItsOwnLinesAndLetsEventsScrollAbove() {
        ProgressPrinter printer = new LiveLine(screen(true), clock);
        printer.progress(ProgressTextTest.progress(1, 10, Optional.of("a standby is behind")));
        printer.tick();
        bytes.reset();
        printer.event("02-sync: done");
        printer.tick();
        assertThat(printed()).startsWith("\r\u001b[1A\u001b[J02-sync: done\n").endsWith("\u001b[?25h");
        bytes.reset();
        printer.close();
        assertThat(printed()).startsWith("\r\u001b[1A\u001b[J").doesNotContain("%");
    }

    @Test
    void usesNoColourWhereNoneIsWelcome() {
        ProgressPrinter printer = new LiveLine(screen(false), clock);
        printer.progress(ProgressTextTest.progress(1, 10, Optional.of("a standby is behind")));
        printer.tick();
        assertThat(printed()).contains("waits: a standby is behind").doesNotContain("\u001b[33m");
    }

    private Terminal screen(boolean colour) {
        return new Terminal(err, err, true, colour, () -> 80, prompt -> Optional.empty(), prompt -> Optional.empty());
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
