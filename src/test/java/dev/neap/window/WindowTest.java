package dev.neap.window;

import static dev.neap.window.Windows.BERLIN;
import static dev.neap.window.Windows.NEW_YORK;
import static dev.neap.window.Windows.berlin;
import static dev.neap.window.Windows.daily;
import static dev.neap.window.Windows.on;
import static dev.neap.window.Windows.utc;
import static dev.neap.window.Windows.weekly;
import static dev.neap.window.Windows.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 2026-11-23 is a Monday. */
class WindowTest {

    private final Window nights = Windows.of(daily("22:00-06:00", BERLIN));

    @Test
    void isOpenFromItsFirstInstantToBeforeItsLast() {
        assertThat(nights.isOpen(berlin("2026-11-23T21:59:59.999"))).isFalse();
        assertThat(nights.isOpen(berlin("2026-11-23T22:00"))).isTrue();
        assertThat(nights.isOpen(berlin("2026-11-24T00:00"))).isTrue();
        assertThat(nights.isOpen(berlin("2026-11-24T05:59:59.999"))).isTrue();
        assertThat(nights.isOpen(berlin("2026-11-24T06:00"))).isFalse();
    }

    @Test
    void knowsWhenItClosesAndWhenItOpensNext() {
        Instant midnight = berlin("2026-11-24T00:00");
        assertThat(nights.opening(midnight))
                .contains(new Opening(berlin("2026-11-23T22:00"), berlin("2026-11-24T06:00")));
        assertThat(nights.opens(midnight)).contains(berlin("2026-11-24T22:00"));
        assertThat(nights.opening(berlin("2026-11-24T06:00"))).isEmpty();
        assertThat(nights.opens(berlin("2026-11-24T06:00"))).contains(berlin("2026-11-24T22:00"));
        assertThat(nights.opens(berlin("2026-11-24T21:59:59.999"))).contains(berlin("2026-11-24T22:00"));
    }

    @Test
    void daysAreThoseOnWhichHoursBegin() {
        Window weeknights = Windows.of(on("mon-fri", "22:00-06:00", BERLIN));
        assertThat(weeknights.isOpen(berlin("2026-11-28T05:00"))).as("Saturday, of Friday's night").isTrue();
        assertThat(weeknights.isOpen(berlin("2026-11-23T05:00"))).as("Monday, of Sunday's night").isFalse();
        assertThat(weeknights.opens(berlin("2026-11-28T06:00"))).contains(berlin("2026-11-30T22:00"));
    }

    @Test
    void hoursWithinADayEndOnIt() {
        Window lunch = Windows.of(daily("12:00-13:30", BERLIN));
        assertThat(lunch.opening(berlin("2026-11-23T13:00")))
                .contains(new Opening(berlin("2026-11-23T12:00"), berlin("2026-11-23T13:30")));
        assertThat(lunch.noun()).isEqualTo("window");
        assertThat(nights.noun()).isEqualTo("night");
    }

    @Test
    void weeklyHoursGoOverDays() {
        Window weekend = Windows.of(weekly("fri 22:00", "mon 06:00", BERLIN));
        assertThat(weekend.opening(berlin("2026-11-29T12:00")))
                .contains(new Opening(berlin("2026-11-27T22:00"), berlin("2026-11-30T06:00")));
        assertThat(weekend.isOpen(berlin("2026-11-30T06:00"))).isFalse();
        assertThat(weekend.opens(berlin("2026-11-30T06:00"))).contains(berlin("2026-12-04T22:00"));
        assertThat(weekend.longest(berlin("2026-11-30T06:00"))).isEqualTo(Duration.ofHours(56));
    }

    @Test
    void weeklyHoursMayTakeNearlyAWeekOrOnlyOne() {
        Window nearly = Windows.of(weekly("mon 06:00", "mon 05:00", BERLIN));
        assertThat(nearly.opening(berlin("2026-11-24T00:00")))
                .contains(new Opening(berlin("2026-11-23T06:00"), berlin("2026-11-30T05:00")));
        Window once = Windows.of(weekly("sun 01:00", "sun 24:00", BERLIN));
        assertThat(once.opening(berlin("2026-11-29T02:00")))
                .contains(new Opening(berlin("2026-11-29T01:00"), berlin("2026-11-30T00:00")));
    }

    @Test
    void whatTouchesIsOneOpening() {
        Window weekend = Windows.of(on("sat-sun", "00:00-24:00", BERLIN), daily("22:00-06:00", BERLIN));
        assertThat(weekend.opening(berlin("2026-11-29T12:00")))
                .contains(new Opening(berlin("2026-11-27T22:00"), berlin("2026-11-30T06:00")));
    }

    @Test
    void hoursOfTwoZonesAddUp() {
        Window both = Windows.of(daily("02:00-04:00", BERLIN), daily("22:00-23:00", NEW_YORK));
        assertThat(both.opening(utc("2026-11-24T02:00:00")))
                .contains(new Opening(utc("2026-11-24T01:00:00"), utc("2026-11-24T04:00:00")));
    }

    @Test
    void canBeOpenAtAllTimes() {
        Window always = Windows.of(daily("00:00-24:00", ZoneOffset.UTC));
        Instant now = utc("2026-11-24T12:00:00");
        assertThat(always.isOpen(now)).isTrue();
        assertThat(always.opening(now).orElseThrow().closes()).isEqualTo(now.plus(Window.HORIZON));
        assertThat(always.opens(now)).isEmpty();
        assertThat(always.done(now, Duration.ofDays(100))).contains(new Finish(now.plus(Duration.ofDays(100)), 1));
    }

    @Test
    void blackoutsCloseWholeDays() {
        Window holidays = without(daily("22:00-06:00", BERLIN), "2026-12-24", "2026-12-31/2027-01-01");
        assertThat(holidays.opening(berlin("2026-12-23T23:00")))
                .as("the night before ends at midnight")
                .contains(new Opening(berlin("2026-12-23T22:00"), berlin("2026-12-24T00:00")));
        assertThat(holidays.opens(berlin("2026-12-24T00:00")))
                .as("the night of that day begins at its other midnight")
                .contains(berlin("2026-12-25T00:00"));
        assertThat(holidays.opens(berlin("2026-12-31T05:00"))).contains(berlin("2027-01-02T00:00"));
        assertThat(holidays.open(berlin("2026-12-30T22:00"), berlin("2027-01-02T22:00")))
                .isEqualTo(Duration.ofHours(2 + 6));
    }

    @Test
    void saysThatItNeverOpens() {
        Window never = without(daily("22:00-06:00", BERLIN), "2020-01-01/2099-12-31");
        assertThat(never.opens(berlin("2026-11-23T12:00"))).isEmpty();
        assertThat(never.done(berlin("2026-11-23T12:00"), Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void opensAfterABlackoutOfAYear() {
        assertThat(without(daily("22:00-06:00", BERLIN), "2026-01-01/2026-12-31").opens(berlin("2026-01-05T12:00")))
                .contains(berlin("2027-01-01T00:00"));
    }

    @Test
    void addsUpOpenTime() {
        assertThat(nights.open(berlin("2026-11-23T12:00"), berlin("2026-11-25T23:00")))
                .isEqualTo(Duration.ofHours(8 + 8 + 1));
        assertThat(nights.open(berlin("2026-11-23T12:00"), berlin("2026-11-23T12:00"))).isZero();
        assertThat(nights.open(berlin("2026-11-24T12:00"), berlin("2026-11-23T12:00"))).isZero();
    }

    @Test
    void foreseesWhenWorkIsDone() {
        Instant evening = berlin("2026-11-24T20:00");
        assertThat(nights.done(evening, Duration.ofHours(3))).contains(new Finish(berlin("2026-11-25T01:00"), 1));
        assertThat(nights.done(evening, Duration.ofHours(8))).contains(new Finish(berlin("2026-11-25T06:00"), 1));
        assertThat(nights.done(evening, Duration.ofHours(14).plusMinutes(10)))
                .contains(new Finish(berlin("2026-11-26T04:10"), 2));
        assertThat(nights.done(berlin("2026-11-25T05:00"), Duration.ofHours(3)))
                .contains(new Finish(berlin("2026-11-26T00:00"), 2));
        assertThat(nights.done(evening, Duration.ZERO)).contains(new Finish(berlin("2026-11-24T22:00"), 1));
        assertThat(nights.done(evening, Duration.ofDays(10)).orElseThrow().openings()).isEqualTo(30);
    }

    @Test
    void countsAnOpeningOnceHoweverLongItIs() {
        Window nearly = Windows.of(weekly("mon 06:00", "mon 05:00", BERLIN));
        assertThat(nearly.done(berlin("2026-11-23T06:00"), Duration.ofDays(20)).orElseThrow().openings()).isEqualTo(3);
        assertThat(Windows.of(daily("00:00-24:00", BERLIN))
                .done(berlin("2026-11-23T06:00"), Duration.ofDays(20))
                .orElseThrow()
                .openings()).isEqualTo(1);
    }

    @Test
    void refusesHoursThatAreNone() {
        assertThatThrownBy(() -> daily("22:00-22:00", BERLIN)).hasMessageContaining("begin and end at 22:00");
        assertThatThrownBy(() -> daily("24:00-06:00", BERLIN)).hasMessageContaining("Write 00:00");
        assertThatThrownBy(() -> weekly("fri 22:00", "06:00", BERLIN)).hasMessageContaining("Only one of");
        assertThatThrownBy(() -> new Window(List.of(), List.of())).hasMessageContaining("no hours");
    }

    @Test
    void isToldAsItIsWritten() {
        assertThat(nights).hasToString("22:00-06:00 Europe/Berlin");
        assertThat(without(on("mon-fri", "22:00-06:00", BERLIN), "2026-12-24/2027-01-02"))
                .hasToString("mon-fri 22:00-06:00 Europe/Berlin, not on 2026-12-24/2027-01-02");
        assertThat(Windows.of(weekly("fri 22:00", "mon 06:00", BERLIN)))
                .hasToString("fri 22:00 - mon 06:00 Europe/Berlin");
        assertThat(Windows.of(on("sat-tue", "00:00-24:00", BERLIN)))
                .hasToString("sat-tue 00:00-24:00 Europe/Berlin");
    }
}
