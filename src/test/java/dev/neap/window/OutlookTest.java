package dev.neap.window;

import static dev.neap.window.Windows.BERLIN;
import static dev.neap.window.Windows.berlin;
import static dev.neap.window.Windows.daily;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-11-24 is a Tuesday. */
class OutlookTest {

    private final Window nights = Windows.of(daily("22:00-06:00", BERLIN));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2026-11-24T20:00 | PT3H     | PT3H10M  | in 1 night, done Wed 01:10 Europe/Berlin",
        "2026-11-25T04:00 | PT6H     | PT6H10M  | in 2 nights, done Thu 02:10 Europe/Berlin",
        "2026-11-25T04:00 | PT1H     | PT3H     | in 1-2 nights, done Wed 05:00-Wed 23:00 Europe/Berlin",
        "2026-11-25T12:00 | PT60H    | PT60H    | in 8 nights, done Thu 2026-12-03 02:00 Europe/Berlin"
    })
    void tellsInHowManyNightsAndWhen(String now, Duration low, Duration high, String words) {
        assertThat(outlook(berlin(now), low, high).orElseThrow().words('-')).isEqualTo(words);
    }

    @Test
    void saysNothingWhereWorkIsDoneInTheOpeningAtHand() {
        assertThat(outlook(berlin("2026-11-25T01:00"), Duration.ofHours(2), Duration.ofHours(5))).isEmpty();
    }

    @Test
    void saysNothingOfWhatLiesBeyondAllPlans() {
        assertThat(outlook(berlin("2026-11-25T01:00"), Duration.ofDays(1), Duration.ofDays(900))).isEmpty();
    }

    private Optional<Outlook> outlook(Instant now, Duration low, Duration high) {
        return Outlook.of(nights, now, low, high);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 1 s", "PT0.2S, 1 s", "PT40S, 40 s", "PT61S, 2 min", "PT89M, 89 min", "PT12H50M, 13 h", "PT47H, 47 h",
        "PT60H, 3 days"
    })
    void roundsDurations(Duration duration, String words) {
        assertThat(Times.rounded(duration)).isEqualTo(words);
    }
}
