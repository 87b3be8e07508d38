package dev.neap.window;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and durations for people. */
public final class Times {

    private static final DateTimeFormatter SOON = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter FAR = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

    /** Within it, a day of the week is enough to name a day. */
    private static final Duration WEEK = Duration.ofDays(6);

    private Times() {}

    /** {@code Mon 22:00}; with its date, {@code Mon 2027-01-04 22:00}, where the day alone would not do. */
    public static String told(Instant at, Instant now, ZoneId zone) {
        boolean soon = Duration.between(now, at).abs().compareTo(WEEK) < 0;
        return (soon ? SOON : FAR).format(at.atZone(zone));
    }

    /** {@code 40 s}, {@code 13 min}, {@code 13 h}, {@code 3 days}: to the next whole one, so that it is never none. */
    public static String rounded(Duration duration) {
        long seconds = Math.max(1, duration.plusMillis(999).toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 90 * 60) {
            return Math.ceilDiv(seconds, 60) + " min";
        }
        long hours = Math.round(seconds / 3_600.0);
        return hours < 48 ? hours + " h" : Math.round(hours / 24.0) + " days";
    }
}
