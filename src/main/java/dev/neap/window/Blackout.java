package dev.neap.window;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Days on which nothing runs, from the first midnight to the one after the last day, whatever the hours say.
 *
 * @param first the first day
 * @param last the last day; not before {@code first}
 * @param zone whose days they are
 */
public record Blackout(LocalDate first, LocalDate last, ZoneId zone) {

    /** What {@link #of} reads, as a regular expression that JSON Schema understands too. */
    public static final String REGEX = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$";

    public Blackout {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("A blackout can't begin on %s and end on %s.".formatted(first, last));
        }
    }

    /**
     * @param text {@code 2026-12-24}, or {@code 2026-12-24/2027-01-02} with both days
     * @return empty if the text is neither
     */
    public static Optional<Blackout> of(String text, ZoneId zone) {
        if (!text.matches(REGEX)) {
            return Optional.empty();
        }
        try {
            LocalDate first = LocalDate.parse(text.substring(0, 10));
            LocalDate last = text.length() > 10 ? LocalDate.parse(text.substring(11)) : first;
            return last.isBefore(first) ? Optional.empty() : Optional.of(new Blackout(first, last, zone));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The time that it closes. */
    Opening closing() {
        return new Opening(
                LocalTimes.instant(first.atStartOfDay(), zone),
                LocalTimes.instant(last.plusDays(1).atStartOfDay(), zone));
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "/" + last;
    }
}
