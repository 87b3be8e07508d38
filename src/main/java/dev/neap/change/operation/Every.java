package dev.neap.change.operation;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Equal partitions as a change file asks for them.
 *
 * @param length {@code 1 month}, or a whole number
 * @param from where the first one begins: a day, a month, a year, or a whole number
 * @param to where the last one ends
 */
public record Every(String length, Optional<String> from, Optional<String> to) {

    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,3}) (day|week|month|year)s?");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}");

    /** Whether a text is a length that some partition may have. */
    public static boolean isLength(String text) {
        return LENGTH.matcher(text).matches() || text.matches("[1-9][0-9]{0,17}");
    }

    /** The partitions; empty if its parts do not go together. */
    Optional<Stretches> stretches() {
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        try {
            Matcher matcher = LENGTH.matcher(length);
            return Optional.of(
                    matcher.matches()
                            ? new Stretches.OfTime(period(matcher), day(from.get()), day(to.get()))
                            : new Stretches.OfNumbers(number(length), number(from.get()), number(to.get())));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Period period(Matcher length) {
        int count = Integer.parseInt(length.group(1));
        return switch (length.group(2)) {
            case "day" -> Period.ofDays(count);
            case "week" -> Period.ofWeeks(count);
            case "month" -> Period.ofMonths(count);
            default -> Period.ofYears(count);
        };
    }

    private static LocalDate day(String text) {
        return switch (text.length()) {
            case 4 -> LocalDate.of(Integer.parseInt(text), 1, 1);
            case 7 -> YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
        };
    }

    private static BigInteger number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(text + " is no whole number.");
        }
        return new BigInteger(text);
    }

    /** How it reads in a change's outline. */
    String words() {
        return length + " from " + from.orElse("?") + " to " + to.orElse("?");
    }
}
