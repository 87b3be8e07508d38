package dev.neap.window;

import static dev.neap.window.Windows.BERLIN;
import static dev.neap.window.Windows.NEW_YORK;
import static dev.neap.window.Windows.daily;
import static dev.neap.window.Windows.utc;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The nights in which clocks are changed. 2027 in Berlin: on 28 March at 01:00 UTC, 02:00 becomes 03:00; on 31 October at
 * 01:00 UTC, 03:00 becomes 02:00. In New York: on 14 March at 07:00 UTC, 02:00 becomes 03:00; on 7 November at 06:00 UTC,
 * 02:00 becomes 01:00.
 */
class ClockChangeTest {

    @ParameterizedTest(name = "{0} {1} opens {2}, closes {3}: {4}")
    @CsvSource({
        // Put forward: 02:00 to 03:00 does not exist.
        "Europe/Berlin, 22:00-06:00, 2027-03-27T21:00:00, 2027-03-28T04:00:00, PT7H",
        "Europe/Berlin, 02:30-06:00, 2027-03-28T01:00:00, 2027-03-28T04:00:00, PT3H",
        "Europe/Berlin, 22:00-02:30, 2027-03-27T21:00:00, 2027-03-28T01:00:00, PT4H",
        "Europe/Berlin, 02:00-03:30, 2027-03-28T01:00:00, 2027-03-28T01:30:00, PT30M",
        "America/New_York, 22:00-06:00, 2027-03-14T03:00:00, 2027-03-14T10:00:00, PT7H",
        "America/New_York, 02:30-06:00, 2027-03-14T07:00:00, 2027-03-14T10:00:00, PT3H",
        "America/New_York, 22:00-02:30, 2027-03-14T03:00:00, 2027-03-14T07:00:00, PT4H",
        // Put back: an hour comes twice, and the first one counts.
        "Europe/Berlin, 22:00-06:00, 2027-10-30T20:00:00, 2027-10-31T05:00:00, PT9H",
        "Europe/Berlin, 02:30-06:00, 2027-10-31T00:30:00, 2027-10-31T05:00:00, PT4H30M",
        "Europe/Berlin, 22:00-02:30, 2027-10-30T20:00:00, 2027-10-31T00:30:00, PT4H30M",
        "Europe/Berlin, 02:15-02:45, 2027-10-31T00:15:00, 2027-10-31T00:45:00, PT30M",
        "Europe/Berlin, 22:00-03:00, 2027-10-30T20:00:00, 2027-10-31T02:00:00, PT6H",
        "America/New_York, 22:00-06:00, 2027-11-07T02:00:00, 2027-11-07T11:00:00, PT9H",
        "America/New_York, 01:30-06:00, 2027-11-07T05:30:00, 2027-11-07T11:00:00, PT5H30M",
        "America/New_York, 22:00-01:30, 2027-11-07T02:00:00, 2027-11-07T05:30:00, PT3H30M"
    })
    void opensAndClosesByTheClocksOfItsZone(
            String zone,
            String hours,
            String opens,
            String closes,
            Duration length) {
        Window window = Windows.of(daily(hours, ZoneId.of(zone)));
        Opening opening = new Opening(utc(opens), utc(closes));
        assertThat(opening.length()).isEqualTo(length);
        assertThat(window.opening(utc(opens))).contains(opening);
        assertThat(window.opens(utc(opens).minusSeconds(1))).contains(utc(opens));
        assertThat(window.isOpen(utc(closes).minusNanos(1))).isTrue();
        assertThat(window.isOpen(utc(closes))).isFalse();
        assertThat(window.open(utc(opens).minus(Duration.ofHours(6)), utc(closes).plus(Duration.ofHours(6))))
                .isEqualTo(length);
    }

    @Test
    void doesNotOpenInANightInWhichItsHoursDoNotExist() {
        Window window = Windows.of(daily("02:15-02:45", BERLIN));
        assertThat(window.open(utc("2027-03-27T12:00:00"), utc("2027-03-28T12:00:00"))).isZero();
        assertThat(window.opens(utc("2027-03-27T12:00:00"))).contains(utc("2027-03-29T00:15:00"));
    }

    @Test
    void openTimeOfAYearIsWhatItsClocksSay() {
        Instant from = utc("2027-01-01T11:00:00");
        Instant to = utc("2028-01-01T11:00:00");
        for (ZoneId zone : new ZoneId[]{BERLIN, NEW_YORK}) {
            assertThat(Windows.of(daily("22:00-06:00", zone)).open(from, to)).isEqualTo(Duration.ofHours(365 * 8));
            assertThat(Windows.of(daily("22:00-02:30", zone)).open(from, to))
                    .as("half an hour less in spring; in autumn an hour more where 02:30 comes after the doubled one")
                    .isEqualTo(Duration.ofMinutes(365 * 270 - 30 + (zone.equals(BERLIN) ? 0 : 60)));
        }
    }

    @Test
    void foreseesWorkThroughTheShortNightAndTheLongOne() {
        Window nights = Windows.of(daily("22:00-06:00", BERLIN));
        assertThat(nights.done(utc("2027-03-27T21:00:00"), Duration.ofHours(8)))
                .contains(new Finish(utc("2027-03-28T21:00:00"), 2));
        assertThat(nights.done(utc("2027-10-30T20:00:00"), Duration.ofHours(9)))
                .contains(new Finish(utc("2027-10-31T05:00:00"), 1));
    }

    @Test
    void blackoutsAreDaysOfTheZoneHoweverLongTheyAre() {
        Window always = Windows.without(daily("00:00-24:00", BERLIN), "2027-03-28", "2027-10-31");
        assertThat(always.opening(utc("2027-03-27T12:00:00")).orElseThrow().closes())
                .isEqualTo(utc("2027-03-27T23:00:00"));
        assertThat(always.opens(utc("2027-03-28T12:00:00"))).contains(utc("2027-03-28T22:00:00"));
        assertThat(always.opens(utc("2027-10-31T12:00:00"))).contains(utc("2027-10-31T23:00:00"));
    }
}
