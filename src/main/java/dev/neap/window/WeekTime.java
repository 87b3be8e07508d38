package dev.neap.window;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of the day, or of one day of the week, as people write it: {@code 22:00}, {@code 24:00}, {@code fri 22:00}.
 *
 * @param day empty for any
 * @param minutes since the day began, by its clock; 0 to 1440
 */
public record WeekTime(Optional<DayOfWeek> day, int minutes) {

    /** What {@link #of} reads, as a regular expression that JSON Schema understands too. */
    public static final String REGEX = "^((mon|tue|wed|thu|fri|sat|sun) )?(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";

    private static final Pattern PATTERN = Pattern.compile(REGEX);
    private static final int DAY = 24 * 60;

    public WeekTime {
        if (minutes < 0 || minutes > DAY) {
            throw new IllegalArgumentException("A day has no minute %d.".formatted(minutes));
        }
    }

    /** @return empty if the text is no such time */
    public static Optional<WeekTime> of(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String clock = matcher.group(3);
        return Optional.of(new WeekTime(
                Optional.ofNullable(matcher.group(2)).flatMap(Days::day),
                Integer.parseInt(clock.substring(0, 2)) * 60 + Integer.parseInt(clock.substring(3))));
    }

    /** Whether it is the midnight at the end of its day. */
    boolean endsDay() {
        return minutes == DAY;
    }

    /** The time of the day; of the next one, if it {@link #endsDay}. */
    LocalTime time() {
        return LocalTime.MIDNIGHT.plusMinutes(minutes);
    }

    @Override
    public String toString() {
        return day.map(at -> Days.word(at) + " ").orElse("") + "%02d:%02d".formatted(minutes / 60, minutes % 60);
    }
}
