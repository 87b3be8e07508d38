package dev.neap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.run.Remaining;
import dev.neap.run.RunHours;
import dev.neap.window.Hours;
import dev.neap.window.WeekTime;
import dev.neap.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 2026-11-24 is a Tuesday. */
class WindowStatusTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Window NIGHTS = new Window(
            List.of(new Hours(
                    WeekTime.of("22:00").orElseThrow(),
                    WeekTime.of("06:00").orElseThrow(),
                    Hours.EVERY_DAY,
                    ZoneOffset.UTC)),
            List.of());
    private static final Optional<Remaining> LEFT = Optional.of(
            new Remaining(Duration.ofHours(9), Duration.ofHours(14)));

    @Test
    void saysWhenItOpensAndWhenWorkIsDone() {
        WindowStatus status = WindowStatus.of(new RunHours(NIGHTS, false, LEFT), true, NOON);
        assertThat(status.words()).isEqualTo("closed until Tue 22:00 Z (in 10 h)");
        assertThat(status.left()).contains("9-14 h of work, in 2 nights, done Wed 23:00-Thu 04:00 Z");
        assertThat(Json.of(status)).contains(
                "\"hours\" : \"22:00-06:00 Z\"",
                "\"open\" : false",
                "\"opens_at\" : \"2026-11-24T22:00:00Z\"",
                "\"done_high\" : {\n    \"at\" : \"2026-11-26T04:00:00Z\",\n    \"openings\" : 2\n  }",
                "\"low\" : \"PT9H\"")
                .doesNotContain("closes_at");
    }

    @Test
    void foreseesNothingWhereNobodyWorks() {
        assertThat(WindowStatus.of(new RunHours(NIGHTS, false, LEFT), false, NOON).left()).isEmpty();
    }

    @Test
    void saysThatItIsIgnored() {
        WindowStatus status = WindowStatus.of(new RunHours(NIGHTS, true, LEFT), true, NOON);
        assertThat(status.words()).isEqualTo("ignored this time");
        assertThat(status.left()).isEmpty();
    }
}
